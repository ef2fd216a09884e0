import { getTranslations } from "next-intl/server"
import type { OwnSession } from "#domain/sessions/own-sessions.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { DefinitionList } from "./definition-list.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Notice } from "./notice.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { TimeAgo } from "./time-ago.tsx"

type Props = { sessions: readonly OwnSession[]; isEnded: boolean; endAction: FormAction; endAllAction: FormAction; now: Date }

/** Where an account is signed in: each device with a button to sign it out, and one for all of them. */
export async function OwnSessionsView({ sessions, isEnded, endAction, endAllAction, now }: Props) {
  const t = await getTranslations("ownSessions")
  const nameOf = ({ browser, system }: OwnSession["device"]) =>
    browser || system ? t("device", { browser: browser ?? t("otherBrowser"), system: system ?? t("otherSystem") }) : t("unknown")
  return (
    <>
      {isEnded && <Notice kind="good" title={t("ended")} />}
      <DefinitionList
        named
        items={sessions.map(({ id, device, createdAt, lastSeenAt, isThis }) => ({
          term: nameOf(device),
          value: (
            <div className="stack">
              {isThis && <b>{t("this")}</b>}
              <span>{t("since")} <TimeAgo at={createdAt} now={now} /></span>
              <span>{t("seen")} <TimeAgo at={lastSeenAt} now={now} /></span>
              {!isThis && (
                <ActionForm action={endAction} label={t("endNamed", { device: nameOf(device) })}>
                  <input type="hidden" name="sessionId" value={id} />
                  <SubmitButton look="quiet">{t("end")}<span className="vh"> {nameOf(device)}</span></SubmitButton>
                </ActionForm>
              )}
            </div>
          ),
        }))}
      />
      <ConfirmForm id="overal" trigger={t("endAll")} look="danger" danger title={t("endAllTitle")} sure={t("endAll")} action={endAllAction} fields={{ sure: "yes" }}>
        <p>{t("endAllText")}</p>
      </ConfirmForm>
    </>
  )
}

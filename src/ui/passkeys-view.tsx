import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { Security } from "#domain/second-steps/view-security.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import { DefinitionList } from "./definition-list.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Field } from "./field.tsx"
import { Notice } from "./notice.tsx"
import { PasskeyAdd } from "./passkey-add.tsx"
import { recoveryWords } from "./recovery-words.ts"
import { TimeAgo } from "./time-ago.tsx"

type Props = { security: Security; isRemoved: boolean; askAction: Action<string>; addAction: Action<string[]>; removeAction: FormAction; next: string; now: Date }

/** The passkeys of an account, each with when it came and was last used, and the form to add one. */
export async function PasskeysView({ security, isRemoved, askAction, addAction, removeAction, next, now }: Props) {
  const t = await getTranslations("passkeys")
  const { passkeys, mayRemovePasskey } = security
  const words = { add: t("add"), cancelled: t("cancelled"), cannot: t("cannot"), recovery: await recoveryWords() }
  return (
    <>
      {isRemoved && <Notice kind="good" title={t("removed")} />}
      {passkeys.length === 0 ? (
        <p className="soft">{t("none")}</p>
      ) : (
        <DefinitionList
          named
          items={passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
            term: name,
            value: (
              <div className="stack">
                <span>{t("added")} <TimeAgo at={createdAt} now={now} /></span>
                <span>{lastUsedAt ? <>{t("used")} <TimeAgo at={lastUsedAt} now={now} /></> : t("neverUsed")}</span>
                {mayRemovePasskey && (
                  <ConfirmForm id={`weg-${id}`} trigger={t("remove")} label={t("removeNamed", { name })} title={t("removeTitle", { name })} sure={t("remove")} danger action={removeAction} fields={{ passkeyId: id }}>
                    <p>{t("removeText")}</p>
                  </ConfirmForm>
                )}
              </div>
            ),
          }))}
        />
      )}
      {passkeys.length > 0 && !mayRemovePasskey && <p className="soft">{t(security.hasPassword ? "mayNotRemove" : "lastWayIn")}</p>}
      <PasskeyAdd askAction={askAction} addAction={addAction} words={words} next={next}>
        <Field name="name" label={t("name")} hint={t("nameHint")} maxLength={60} autoComplete="off" required />
      </PasskeyAdd>
    </>
  )
}

import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { MailboxView } from "#domain/mailboxes/mailbox-views.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { ConsentForm } from "./consent-form.tsx"
import { momentText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { ListSection } from "./list-section.tsx"
import { MailboxForm } from "./mailbox-form.tsx"
import { MailboxTest, type TestSentences } from "./mailbox-test.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"
import { TimeAgo } from "./time-ago.tsx"

type Provider = "microsoft" | "google"
type Acts = Record<"save" | "turn" | "sendNow" | "remove" | "disconnect", FormAction> & { test: Action<TestSentences>; connect: Action<string> }

type Props = {
  portal: "kantoor" | "werkgever"
  /** The name of the office or employer. */
  party: string
  mailbox: MailboxView | null
  /** At which providers this portal may ask consent. */
  knows: readonly Provider[]
  /** What was just done, as the address says it. */
  done?: string | string[] | undefined
  now: Date
  acts: Acts
}

const doneWords = { bewaard: "saved", aan: "on", uit: "off", weg: "removed", verbonden: "connected", vergeten: "disconnected", verzonden: "hastened" } as const
const tags = { on: "good", off: "past", failing: "bad" } as const
const variables = { microsoft: "MAIL_OAUTH_MICROSOFT_ID, MAIL_OAUTH_MICROSOFT_SECRET", google: "MAIL_OAUTH_GOOGLE_ID, MAIL_OAUTH_GOOGLE_SECRET" } as const

/** "Mailbox": the own mailbox as it stands, whether it works, trying it, and its settings. */
export async function MailboxPageView({ portal, party, mailbox, knows, done, now, acts }: Props) {
  const t = await getTranslations("mailbox")
  const word = Object.entries(doneWords).find(([key]) => key === done)?.[1]
  const isToTry = (word === "saved" || word === "connected") && mailbox !== null && mailbox.hasSecret
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} back={{ href: `/${portal}/koppelingen`, label: t("back") }} />
      {word && <Notice kind="good" title={t(`done.${word}`)}>{isToTry && t("done.savedLead")}</Notice>}
      {mailbox ? <Standing portal={portal} mailbox={mailbox} knows={knows} now={now} acts={acts} /> : <EmptyState title={t("none")}>{t("noneLead")}</EmptyState>}
      <ListSection title={t("settings")}>
        <div className="stack">
          <p className="soft">{t("account")}</p>
          <MailboxForm mailbox={mailbox} party={party} action={acts.save} />
        </div>
      </ListSection>
    </>
  )
}

async function Standing({ portal, mailbox, knows, now, acts }: Pick<Props, "portal" | "knows" | "now" | "acts"> & { mailbox: MailboxView }) {
  const t = await getTranslations("mailbox")
  const { isOn, failingSince, lastFailure, lastFailedAt, lastSentAt, host, port, security, address, name, reading } = mailbox
  const isFailing = isOn && failingSince !== null
  const state = isFailing ? "failing" : isOn ? "on" : "off"
  const here = `/${portal}/koppelingen/mailbox`
  const when = (at: Date | null) => (at ? <TimeAgo at={at} now={now} /> : t("never"))
  const items = [
    { term: t("state"), value: <Tag state={tags[state]}>{t(`states.${state}`)}</Tag> },
    { term: t("sender"), value: name, note: address },
    { term: t("serverShown"), value: t("serverLine", { host, port: `${port}`, security: t(`securities.${security}`) }) },
    { term: t("lastSent"), value: when(lastSentAt) },
    { term: t("lastFailed"), value: when(lastFailedAt), note: lastFailure && t(`troubles.${lastFailure}.what`) },
    { term: t("proven"), value: mailbox.provenAt ? momentText(mailbox.provenAt) : t("never") },
    { term: t("reading"), value: reading ? when(reading.at) : t("readings.no"), note: reading?.trouble && `${t(`troubles.${reading.trouble}.what`)} ${t("readingFailed")}` },
  ]
  return (
    <>
      {isFailing && lastFailure && (
        <Notice kind="bad" still title={t("failing")}>
          <p>{t(`troubles.${lastFailure}.what`)} {t(`troubles.${lastFailure}.next`)}</p>
          <p>{t("failingLead")}</p>
        </Notice>
      )}
      <div className="stack full">
        <DefinitionList items={items} />
        <div className="line-up">
          {!isOn && <Turn action={acts.turn} words={t("turnOn")} />}
          {isOn && (
            <ActionForm action={acts.sendNow} className="inline">
              <SubmitButton look="quiet">{t("sendNow")}</SubmitButton>
            </ActionForm>
          )}
          {isOn && (
            <ConfirmForm id="uitzetten" trigger={t("turnOff")} title={t("turnOffTitle")} sure={t("turnOff")} action={acts.turn} fields={{ on: "no" }}>
              <p>{t("turnOffLead")}</p>
            </ConfirmForm>
          )}
          <ConfirmForm id="verwijderen" trigger={t("remove")} look="danger" danger title={t("removeTitle")} sure={t("remove")} action={acts.remove} fields={{}}>
            <p>{t("removeLead")}</p>
          </ConfirmForm>
        </div>
      </div>
      {mailbox.signInBy !== "password" && <Consent provider={mailbox.signInBy} isConnected={mailbox.hasSecret} isKnown={knows.includes(mailbox.signInBy)} acts={acts} />}
      <ListSection title={t("test")}>
        <MailboxTest action={acts.test} words={{ test: t("test"), lead: t("testLead"), steps: t("stepsOf"), goOn: t("toMailbox") }} here={here} />
      </ListSection>
    </>
  )
}

async function Consent({ provider, isConnected, isKnown, acts }: { provider: Provider; isConnected: boolean; isKnown: boolean; acts: Acts }) {
  const t = await getTranslations("mailbox")
  const named = { provider: t(`providers.${provider}`) }
  return (
    <ListSection title={t("connection")}>
      <div className="stack full">
        <p>{t(isConnected ? "connected" : "notConnected", named)}</p>
        {!isKnown && <Notice kind="wait" still>{t("providerOff", { ...named, variables: variables[provider] })}</Notice>}
        <div className="line-up">
          {isKnown && (
            <ConsentForm action={acts.connect} label={t("connect", named)} words={{ lead: t("goOnLead"), goOn: t("goOn", named) }}>
              <SubmitButton look={isConnected ? "quiet" : "primary"}>{isConnected ? t("reconnect") : t("connect", named)}</SubmitButton>
            </ConsentForm>
          )}
          {isConnected && (
            <ConfirmForm id="vergeten" trigger={t("disconnect")} title={t("disconnectTitle")} sure={t("disconnect")} action={acts.disconnect} fields={{}}>
              <p>{t("disconnectLead", named)}</p>
            </ConfirmForm>
          )}
        </div>
      </div>
    </ListSection>
  )
}

function Turn({ action, words }: { action: FormAction; words: string }) {
  return (
    <ActionForm action={action} className="inline">
      <input type="hidden" name="on" value="yes" />
      <SubmitButton look="quiet">{words}</SubmitButton>
    </ActionForm>
  )
}

import { getLocale, getTranslations } from "next-intl/server"
import type { MailLine, MailPage, MailState } from "#domain/mails/list-mails.ts"
import { letterName } from "#policy/person-name.ts"
import { ActionForm } from "./action-form.tsx"
import { countText } from "./amounts.ts"
import { LinkButton } from "./button.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { LiveRefresh } from "./live-refresh.tsx"
import { mailsHref, type MailsQuery } from "./mails-query.ts"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"
import { TimeAgo } from "./time-ago.tsx"

type Props = {
  portal: "kantoor" | "werkgever"
  page: MailPage
  query: MailsQuery
  /** From how many on no more is counted. */
  mostCounted: number
  mayChange: boolean
  now: Date
  retryAction: FormAction
}

const looks = { queued: "wait", sent: "good", failed: "bad" } as const satisfies Record<MailState, string>
const states = ["queued", "sent", "failed"] as const

/** "Mails": what waits, was sent and did not arrive, the newest first, with why and what can be done. It keeps up by itself while something waits. */
export async function MailsView({ portal, page: { counts, mails, next }, query, mostCounted, mayChange, now, retryAction }: Props) {
  const t = await getTranslations("mailList")
  const here = `/${portal}/mails`
  const locale = await getLocale()
  const amount = (count: number) => (count >= mostCounted ? t("more", { count: countText(mostCounted - 1, locale) }) : countText(count, locale))
  const columns: Column<MailLine>[] = [
    { title: t("to"), card: "name", cell: (one) => <Receiver portal={portal} mail={one} /> },
    { title: t("what"), card: "line", cell: (one) => t(`kinds.${one.kind}`) },
    { title: t("state"), card: "tag", cell: (one) => <span className="tags"><Tag state={looks[one.state]}>{t(`states.${one.state}`)}</Tag>{one.reason && <span className="hint">{t(`reasons.${one.reason}`)}</span>}</span> },
    { title: t("at"), card: "line", still: true, cell: (one) => <TimeAgo at={one.at} now={now} /> },
    ...(mayChange && mails.some((one) => one.mayRetry) ? [{ title: t("retry"), card: "actions" as const, cell: (one: MailLine) => one.mayRetry && <Retry mail={one} action={retryAction} /> }] : []),
  ]
  const ofDelivery = query.deliveryId
  return (
    <>
      <LiveRefresh active={counts.queued > 0 && query.after === null} every={5000} />
      <PageHead title={t("title")} lead={t(ofDelivery ? "leadDelivery" : "lead")} {...(ofDelivery ? { back: { href: `/${portal}/zendingen/${ofDelivery}`, label: t("toDelivery") } } : {})} />
      <nav className="chips" aria-label={t("chips")}>
        <a href={mailsHref(here, { ...query, state: null, after: null })} aria-current={query.state === null ? "true" : undefined}>{t("all")}</a>
        {states.map((state) => (
          <a key={state} href={mailsHref(here, { ...query, state, after: null })} aria-current={query.state === state ? "true" : undefined}>
            {t("counted", { state: t(`states.${state}`), count: amount(counts[state]) })}
          </a>
        ))}
      </nav>
      {mails.length === 0 ? <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState> : <DataTable caption={t("title")} columns={columns} rows={mails} keyOf={(one) => one.id} stateOf={(one) => (one.state === "failed" ? "bad" : undefined)} />}
      {(next || query.after) && (
        <nav className="browse" aria-label={t("pages")}>
          <span />
          <div>
            {query.after && <LinkButton href={mailsHref(here, { ...query, after: null })} icon="back">{t("newest")}</LinkButton>}
            {next && <LinkButton href={mailsHref(here, { ...query, after: next })} icon="next">{t("older")}</LinkButton>}
          </div>
        </nav>
      )}
    </>
  )
}

function Receiver({ portal, mail: { person, employerId, partyName } }: { portal: Props["portal"]; mail: MailLine }) {
  if (!person) return partyName ?? "–"
  const href = portal === "kantoor" ? `/kantoor/werkgevers/${employerId}/werknemers/${person.id}` : `/werkgever/werknemers/${person.id}`
  return <><a href={href}>{letterName(person)}</a>{portal === "kantoor" && partyName && <span className="soft"> {partyName}</span>}</>
}

async function Retry({ mail, action }: { mail: MailLine; action: FormAction }) {
  const t = await getTranslations("mailList")
  return (
    <ActionForm action={action} className="inline">
      <input type="hidden" name="mailId" value={mail.id} />
      <SubmitButton look="quiet">{t("retry")}</SubmitButton>
    </ActionForm>
  )
}

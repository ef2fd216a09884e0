import { getTranslations } from "next-intl/server"
import type { DeliverySummary } from "#domain/deliveries/delivery-views.ts"
import { DataTable, type Column } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import { deliveryTitle, kindsText } from "./delivery-words.ts"
import { Tag } from "./tag.tsx"

type Props = {
  deliveries: readonly DeliverySummary[]
  /** The address that every delivery's id stands under. */
  href: string
  /** Says of which employer each is. */
  withEmployer?: boolean
  caption?: string
  /** The name of a checkbox before each that can be sent. */
  pick?: string | undefined
}

const looks = { draft: "past", staged: "wait", reviewing: "wait", planned: "wait", sending: "wait", sent: "good" } as const

/** Deliveries, the newest first: of whom, over what, how far, and since when. */
export async function DeliveryList({ deliveries, href, withEmployer = false, caption, pick }: Props) {
  const t = await getTranslations()
  const name: Column<DeliverySummary> = { title: t("delivery.period"), card: "name", cell: (one) => <a href={`${href}/${one.id}`}>{deliveryTitle(t, one.periods, one.state === "draft")}</a> }
  const employer: Column<DeliverySummary> = { title: t("delivery.client"), card: "line", cell: (one) => one.employerName }
  const what: Column<DeliverySummary> = { title: t("delivery.what"), card: "line", cell: (one) => kindsText(t, one.periods) || "–" }
  const documents: Column<DeliverySummary> = { title: t("delivery.documents"), card: "line", labelled: true, numeric: true, cell: (one) => one.items }
  const state: Column<DeliverySummary> = {
    title: t("delivery.state"), card: "tag",
    cell: (one) => (
      <span className="tags">
        {one.reading > 0 ? <Tag state="wait">{t("delivery.states.reading")}</Tag> : <Tag state={one.withdrawnAt ? "bad" : looks[one.state]}>{t(`delivery.states.${one.withdrawnAt ? "withdrawn" : one.state}`)}</Tag>}
        {one.failedAt && one.state === "staged" && <Tag state="bad">{t("delivery.states.failed")}</Tag>}
        {one.publishAt && one.state === "planned" && <span className="hint">{t("publish.from", { moment: momentText(one.publishAt) })}</span>}
        {one.parked > 0 && one.state === "draft" && <Tag state="bad">{t("delivery.parkedCount", { count: one.parked })}</Tag>}
      </span>
    ),
  }
  const at: Column<DeliverySummary> = { title: t("ui.file.date"), card: "line", cell: (one) => <Moment at={one.sentAt ?? one.stagedAt ?? one.createdAt} /> }
  const box: Column<DeliverySummary> = {
    title: t("ui.file.selectColumn"), card: "pick",
    cell: (one) => (one.state === "staged" && pick ? { is: "pick", name: pick, value: one.id, label: t("ui.file.select", { title: [deliveryTitle(t, one.periods, false), one.employerName].join(", ") }) } : null),
  }
  return <DataTable caption={caption ?? t("nav.sendings")} rows={deliveries} keyOf={(one) => one.id} columns={[...(pick ? [box] : []), name, ...(withEmployer ? [employer] : []), what, documents, state, at]} />
}

function Moment({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{momentText(at)}</time>
}

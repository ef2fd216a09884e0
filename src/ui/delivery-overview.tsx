import { getTranslations } from "next-intl/server"
import type { SentTogether } from "#domain/deliveries/send-together.ts"
import type { DeliverySummary } from "#domain/deliveries/delivery-views.ts"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { DeliveryList } from "./delivery-list.tsx"
import { EmptyState } from "./empty-state.tsx"
import { FileSection } from "./file-section.tsx"
import { LiveRefresh } from "./live-refresh.tsx"
import { Notice } from "./notice.tsx"
import { SelectAll } from "./select-all.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = {
  deliveries: readonly DeliverySummary[]
  href: string
  withEmployer?: boolean
  /** What to do when there are none. */
  empty: string
  /** Sends those that are ticked; left out for who may not. */
  sendTogether?: Action<void> | undefined
  /** What came of that just now. */
  sent?: SentTogether | null
}

/** The name of the checkboxes of deliveries, whose values are ids. */
const picked = "zending"

/** The deliveries of a portal: what is not sent yet, "Klaargezet", where several can be sent at once, and under it what was sent. */
export async function DeliveryOverview({ deliveries, href, withEmployer = false, empty, sendTogether, sent = null }: Props) {
  const t = await getTranslations()
  if (deliveries.length === 0) return <EmptyState title={t("delivery.listEmpty")}>{empty}</EmptyState>
  const queued = deliveries.filter((one) => one.state !== "sent")
  const done = deliveries.filter((one) => one.state === "sent")
  const ready = queued.filter((one) => one.state === "staged")
  const list = <DeliveryList deliveries={queued} href={href} withEmployer={withEmployer} caption={t("queue.title")} pick={sendTogether && ready.length > 0 ? picked : undefined} />
  return (
    <>
      <LiveRefresh active={queued.some((one) => one.state === "sending")} every={3000} />
      {sent && sent.sent > 0 && <Notice kind="good" title={t("queue.sent", { count: sent.sent })} />}
      {sent && sent.refused > 0 && (
        <Notice kind="bad" title={t("queue.refused", { count: sent.refused })}>
          {t("queue.refusedLead")}
        </Notice>
      )}
      <FileSection id="klaargezet" title={t("queue.title")} count={queued.length} find="page">
        {queued.length === 0 ? <p className="soft">{t("queue.empty")}</p> : sendTogether && ready.length > 0 ? (
          <ActionForm action={sendTogether} className="within" label={t("queue.title")}>
            {list}
            <div className="bulk">
              <SelectAll name={picked} label={t("queue.selectAll")} />
              <SubmitButton>{t("queue.send")}</SubmitButton>
            </div>
          </ActionForm>
        ) : list}
      </FileSection>
      {done.length > 0 && (
        <FileSection id="zendingen" title={t("queue.sentTitle")} count={done.length} find="page">
          <DeliveryList deliveries={done} href={href} withEmployer={withEmployer} />
        </FileSection>
      )}
    </>
  )
}

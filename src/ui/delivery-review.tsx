import { getTranslations } from "next-intl/server"
import type { ApprovalView } from "#domain/approvals/view-approval.ts"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { ApprovalHistory } from "./approval-history.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { momentText } from "./dates.ts"
import { DeliveryItem } from "./delivery-item.tsx"
import { EmployeeItems, EmployerItems, findItems } from "./delivery-items.tsx"
import { deliveryTitle, type FormAction, inOrder, outcomeOf } from "./delivery-words.ts"
import { TextField } from "./field.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"

type Props = {
  view: DeliveryView
  approval: ApprovalView
  listHref: string
  asked: { item: string | null; q: string; page: number }
  actions: Record<"approve" | "refuse" | "addNote", FormAction>
}

/** What an office laid before its client: the documents as they will go out, how many there are, the answer, and what was said before. */
export async function DeliveryReview({ view, approval, listHref, asked, actions }: Props) {
  const t = await getTranslations()
  const ordered = inOrder(view)
  const href = `${listHref}/${view.delivery.id}`
  const item = ordered.find((one) => one.id === asked.item)
  if (item) return <DeliveryItem key={item.id} view={view} ordered={ordered} item={item} href={href} />
  const hrefOf = ({ id }: { id: string }) => `${href}?stuk=${id}`
  const ofEmployees = view.items.filter((one) => one.employeeId !== null)
  const sent = view.delivery.state === "sent"
  return (
    <>
      <PageHead title={deliveryTitle(t, view.items, false)} lead={view.items.length > 0 ? t("approval.totals", totalsOf(view)) : undefined} back={{ href: listHref, label: t("delivery.list") }} />
      <div className="after-steps">
        <Answer view={view} approval={approval} actions={actions} />
      </div>
      <EmployeeItems
        items={findItems(t, ofEmployees, asked.q)}
        all={ofEmployees.length}
        hrefOf={hrefOf}
        href={href}
        q={asked.q}
        page={asked.page}
        sent={sent}
        checked={false}
      />
      <EmployerItems items={view.items.filter((one) => one.employeeId === null)} hrefOf={hrefOf} sent={sent} checked={false} />
      <ApprovalHistory deliveryId={view.delivery.id} approval={approval} addNote={actions.addNote} />
    </>
  )
}

function totalsOf({ items }: DeliveryView) {
  const { people } = outcomeOf(items)
  const payslips = items.filter((item) => item.kind === "payslip").length
  return { documents: items.length, people, payslips, pages: items.reduce((sum, item) => sum + item.pages.length, 0) }
}

async function Answer({ view, approval, actions }: Pick<Props, "view" | "approval" | "actions">) {
  const t = await getTranslations("approval")
  const { delivery } = view
  const moment = delivery.publishAt ? momentText(delivery.publishAt) : ""
  if (delivery.state === "sent") return <Notice still kind="good" title={t("wasSent", { moment: delivery.sentAt ? momentText(delivery.sentAt) : "" })} />
  if (delivery.state === "sending") return <Notice still kind="wait" title={t("isSent")} />
  if (delivery.state === "planned") return <Notice still kind="good" title={t("isPlanned", { moment })} />
  if (delivery.state !== "reviewing" || !approval.openRoundId) return <Notice still kind="info" title={t("withOffice")}>{t("withOfficeLead")}</Notice>
  const fields = { roundId: approval.openRoundId }
  const then = delivery.publishAt ? t("thenOn", { moment }) : t("thenAtOnce")
  const asked = approval.rounds.at(-1)?.entries.find((entry) => entry.kind === "laid")
  return (
    <div className="stack full">
      <Notice still kind="wait" title={t("asks", { name: asked?.name ?? "" })}>
        {asked?.comment && <p className="said">{asked.comment}</p>}
        <p>{t("look")} {then}</p>
      </Notice>
      <div className="line-up">
        <ConfirmForm id="geef-akkoord" look="primary" trigger={t("approve")} title={t("approveTitle")} sure={t("approve")} action={actions.approve} fields={fields}>
          <p>{then}</p>
          <TextField name="remark" label={t("remark")} rows={2} maxLength={2000} optional />
        </ConfirmForm>
        <ConfirmForm id="niet-akkoord" trigger={t("refuse")} title={t("refuseTitle")} sure={t("refuse")} action={actions.refuse} fields={fields}>
          <p>{t("refuseLead")}</p>
          <TextField name="reason" label={t("reason")} hint={t("noteHint")} rows={3} maxLength={2000} required />
        </ConfirmForm>
      </div>
    </div>
  )
}

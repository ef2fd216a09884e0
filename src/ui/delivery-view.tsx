import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { ApprovalView } from "#domain/approvals/view-approval.ts"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import type { EmployeeName } from "#domain/parties/list-names.ts"
import { ActionForm } from "./action-form.tsx"
import { ApprovalHistory } from "./approval-history.tsx"
import { LinkButton } from "./button.tsx"
import { DeliveryFiles } from "./delivery-files.tsx"
import { DeliveryItem } from "./delivery-item.tsx"
import { EmployeeItems, EmployerItems, employeesId, findItems, ParkedItems } from "./delivery-items.tsx"
import { DeliverySending, RemoveDelivery, type SendingActions } from "./delivery-send.tsx"
import { deliveryTitle, type FormAction, inOrder, outcomeOf } from "./delivery-words.ts"
import { DragToPerson } from "./drag-to-person.tsx"
import { PageHead } from "./page-head.tsx"
import { Steps } from "./steps.tsx"
import { SubmitButton } from "./submit-button.tsx"

export type DeliveryActions = SendingActions & Record<"stage" | "removeUpload" | "removeItem" | "assign" | "addNote", FormAction>

type Props = {
  view: DeliveryView
  approval: ApprovalView
  /** What became of its mails. */
  mails: ReactNode
  /** Of one that was sent: that it was withdrawn, or the way to. */
  recall: ReactNode
  /** The address of the list this delivery stands in; its own address is under it. */
  listHref: string
  /** What the address asks for: the document that is looked at, a document of the person it was dragged to, what is sought, and which page of rows. */
  asked: { item: string | null; as: string | null; q: string; page: number }
  /** Everybody a document can be given to; only asked for while a document is looked at. */
  people: readonly EmployeeName[]
  actions: DeliveryActions
}

/** The main screen: a delivery from the first file to "verzonden". While a document is looked at the lists make way for it; uploads go on. */
export async function DeliveryScreen({ view, approval, mails, recall, listHref, asked, people, actions }: Props) {
  const ordered = inOrder(view)
  const item = ordered.find((one) => one.id === asked.item)
  const href = `${listHref}/${view.delivery.id}`
  return (
    <>
      {item ? (
        <DeliveryItem key={item.id} view={view} ordered={ordered} item={item} as={view.items.find((one) => one.id === asked.as)} href={href} people={people} actions={actions} />
      ) : (
        <Lists view={view} approval={approval} mails={mails} recall={recall} listHref={listHref} href={href} asked={asked} actions={actions} />
      )}
      <DeliveryFiles key="bestanden" view={view} hidden={item !== undefined} removeUpload={actions.removeUpload} />
      {!item && view.mayChange && view.delivery.state === "draft" && (
        <div className="foot">
          <RemoveDelivery deliveryId={view.delivery.id} action={actions.removeDelivery} />
        </div>
      )}
    </>
  )
}

async function Lists({ view, approval, mails, recall, listHref, href, asked, actions }: Omit<Props, "people"> & { href: string }) {
  const t = await getTranslations()
  const { delivery, employer, items } = view
  const { people, parked } = outcomeOf(items)
  const ofEmployees = items.filter((item) => item.parked === null && item.employeeId !== null)
  const lead = [t("delivery.lead", { employer: employer.name, documents: items.length, people }), parked > 0 ? t("delivery.leadParked", { count: parked }) : ""]
  const isDraft = delivery.state === "draft"
  const hrefOf = ({ id }: { id: string }) => `${href}?stuk=${id}`
  const sent = delivery.state === "sent"
  const isWithdrawn = delivery.withdrawnAt !== null
  const mayDrag = isDraft && view.mayChange && ofEmployees.length > 0
  const lists = (
    <>
      <ParkedItems items={items.filter((item) => item.parked !== null)} hrefOf={hrefOf} mayDrag={mayDrag} />
      <EmployeeItems
        items={findItems(t, ofEmployees, asked.q)}
        all={ofEmployees.length}
        hrefOf={hrefOf}
        href={href}
        q={asked.q}
        page={asked.page}
        sent={sent}
        checked={!isWithdrawn}
      />
    </>
  )
  return (
    <>
      <PageHead
        title={deliveryTitle(t, items, isDraft)}
        lead={lead.filter(Boolean).join(" ")}
        back={{ href: listHref, label: t("delivery.list") }}
        actions={isDraft && view.mayChange && items.length > 0 && <DraftButtons deliveryId={delivery.id} stage={actions.stage} />}
      />
      <Steps steps={[t("delivery.steps.files"), t("delivery.steps.check"), t("delivery.steps.stage"), t("delivery.steps.send")]} current={stepOf(view)} />
      <div className="after-steps">{!isDraft && <DeliverySending view={view} approval={approval} actions={actions} />}</div>
      {isWithdrawn && recall}
      {sent && mails}
      {delivery.state !== "sending" && (
        <>
          {mayDrag ? <DragToPerson href={href} onto={`#${employeesId}`}>{lists}</DragToPerson> : lists}
          <EmployerItems items={items.filter((item) => item.parked === null && item.employeeId === null)} hrefOf={hrefOf} sent={sent} checked={!isWithdrawn} />
        </>
      )}
      {!isWithdrawn && recall}
      <ApprovalHistory deliveryId={delivery.id} approval={approval} addNote={actions.addNote} />
    </>
  )
}

async function DraftButtons({ deliveryId, stage }: { deliveryId: string; stage: FormAction }) {
  const t = await getTranslations("delivery")
  return (
    <>
      <LinkButton icon="add" href="#bestanden">{t("add")}</LinkButton>
      <ActionForm action={stage} className="inline">
        <input type="hidden" name="deliveryId" value={deliveryId} />
        <SubmitButton>{t("stage")}</SubmitButton>
      </ActionForm>
    </>
  )
}

function stepOf({ delivery, items }: DeliveryView): number {
  if (delivery.state === "draft") return items.length === 0 ? 0 : 1
  return delivery.state === "sent" ? 4 : 3
}

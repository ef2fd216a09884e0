import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { countMailsOf } from "#domain/mails/list-mails.ts"
import { listNames } from "#domain/parties/list-names.ts"
import { idIn, maybeIdIn, numberIn, wordIn } from "#ui/asked.ts"
import { MailCounts } from "#ui/mail-counts.tsx"
import { DeliveryScreen } from "#ui/delivery-view.tsx"
import * as approvals from "../../../(zendingen)/approval-actions.ts"
import { assignItemAction } from "../../../(zendingen)/assign-action.ts"
import { DeliveryRecall } from "../../../(zendingen)/delivery-recall.tsx"
import * as actions from "../../../(zendingen)/delivery-actions.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("delivery"))("titleNone") }
}

/** One delivery of an office. */
export default async function DeliveryPage({ params, searchParams }: PageProps<"/kantoor/zendingen/[id]">) {
  const viewer = await pageFor("office")
  const deliveryId = idIn((await params).id)
  const { stuk, als, q, pagina } = await searchParams
  const [view, approval, mails] = await Promise.all([forPage(viewDelivery(viewer, { deliveryId })), forPage(viewApproval(viewer, { deliveryId })), forPage(countMailsOf(viewer, { deliveryId }))])
  const item = maybeIdIn(stuk)
  const people = item ? await forPage(listNames(viewer, { employerId: view.employer.id })) : []
  return (
    <Frame viewer={viewer} current="sendings" wide>
      <DeliveryScreen
        view={view}
        approval={approval}
        mails={<MailCounts counts={mails} href={`/kantoor/mails?zending=${deliveryId}`} />}
        recall={<DeliveryRecall viewer={viewer} view={view} />}
        listHref="/kantoor/zendingen"
        asked={{ item, as: maybeIdIn(als), q: wordIn(q), page: numberIn(pagina) ?? 1 }}
        people={people}
        actions={{
          stage: actions.stageAction,
          unstage: actions.unstageAction,
          send: actions.sendAction,
          changePublication: actions.changePublicationAction,
          takeBack: actions.takeBackAction,
          lay: approvals.layBeforeAction,
          withdraw: approvals.withdrawApprovalAction,
          addNote: approvals.addNoteAction,
          removeDelivery: actions.removeDeliveryAction,
          removeUpload: actions.removeUploadAction,
          removeItem: actions.removeItemAction,
          assign: assignItemAction,
        }}
      />
    </Frame>
  )
}

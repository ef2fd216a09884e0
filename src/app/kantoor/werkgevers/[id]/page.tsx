import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listDeliveries } from "#domain/deliveries/view-delivery.ts"
import { viewEmployerCabinet } from "#domain/dossiers/view-cabinet.ts"
import { viewNeedsApproval } from "#domain/parties/need-approval.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { idIn } from "#ui/asked.ts"
import { ApprovalSetting } from "#ui/approval-setting.tsx"
import { ClientCabinet } from "#ui/client-view.tsx"
import { dossierQuery } from "#ui/dossier-query.ts"
import { Access } from "../../../(gegevens)/access.tsx"
import { ClientPayslipMails } from "../../../(loonpost)/payslip-mail.tsx"
import { needApprovalAction } from "../../../(zendingen)/approval-actions.ts"
import { startDeliveryAction } from "../../../(zendingen)/delivery-actions.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clients"))("one") }
}

/** One client of the office. */
export default async function ClientPage({ params, searchParams }: PageProps<"/kantoor/werkgevers/[id]">) {
  const viewer = await pageFor("office")
  const employerId = idIn((await params).id)
  const asked = await searchParams
  const query = dossierQuery(asked)
  const [cabinet, deliveries, needed] = await Promise.all([
    forPage(viewEmployerCabinet(viewer, { employerId, year: query.year }, now())),
    forPage(listDeliveries(viewer, { employerId })),
    forPage(viewNeedsApproval(viewer, { employerId })),
  ])
  return (
    <Frame viewer={viewer} current="employers" wide>
      <ClientCabinet cabinet={cabinet} deliveries={deliveries} query={query} viewerId={viewer.partyId} isNew={asked.nieuw !== undefined} mayChange={mayChange(viewer.rank)} startDelivery={startDeliveryAction} settings={<><ApprovalSetting employerId={employerId} needed={needed} action={mayChange(viewer.rank) ? needApprovalAction : undefined} /><ClientPayslipMails viewer={viewer} employerId={employerId} /></>} access={<Access viewer={viewer} partyId={employerId} name={cabinet.employer.name} here={`/kantoor/werkgevers/${employerId}`} />} />
    </Frame>
  )
}

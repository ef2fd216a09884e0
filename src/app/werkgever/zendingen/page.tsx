import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listDeliveries } from "#domain/deliveries/view-delivery.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { mayChange } from "#policy/ranks.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { sentIn } from "#ui/asked.ts"
import { DeliveryOverview } from "#ui/delivery-overview.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { sendTogetherAction, startDeliveryAction } from "../../(zendingen)/delivery-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("sendings") }
}

/** "Zendingen" of an employer that runs payroll itself; one with an office finds what was laid before it. */
export default async function DeliveriesPage({ searchParams }: PageProps<"/werkgever/zendingen">) {
  const viewer = await pageFor("employer")
  const deliveries = await forPage(listDeliveries(viewer, { employerId: null }))
  const { runsPayroll } = await forPage(viewFrame(viewer))
  const t = await getTranslations()
  const begin = (
    <ActionForm action={startDeliveryAction} className="inline">
      <SubmitButton>{t("delivery.newOne")}</SubmitButton>
    </ActionForm>
  )
  return (
    <Frame viewer={viewer} current="sendings" wide>
      <PageHead title={t("nav.sendings")} actions={runsPayroll && mayChange(viewer.rank) && begin} />
      <DeliveryOverview deliveries={deliveries} href="/werkgever/zendingen" empty={t(runsPayroll ? "delivery.listEmptyLead" : "delivery.listEmptyOwnLead")} sendTogether={runsPayroll && mayChange(viewer.rank) ? sendTogetherAction : undefined} sent={sentIn(await searchParams)} />
    </Frame>
  )
}

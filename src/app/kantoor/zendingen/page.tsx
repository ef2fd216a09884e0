import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listDeliveries } from "#domain/deliveries/view-delivery.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { mayChange } from "#policy/ranks.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { sentIn } from "#ui/asked.ts"
import { LinkButton } from "#ui/button.tsx"
import { DeliveryOverview } from "#ui/delivery-overview.tsx"
import { SelectField } from "#ui/field.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { sendTogetherAction, startDeliveryAction } from "../../(zendingen)/delivery-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("sendings") }
}

/** "Zendingen" of an office: the queue of what is not sent yet, what was, and the way to begin one. */
export default async function DeliveriesPage({ searchParams }: PageProps<"/kantoor/zendingen">) {
  const viewer = await pageFor("office")
  const [deliveries, clients] = await Promise.all([forPage(listDeliveries(viewer, { employerId: null })), forPage(listClients(viewer))])
  const t = await getTranslations()
  return (
    <Frame viewer={viewer} current="sendings" wide>
      <PageHead title={t("nav.sendings")} actions={<><LinkButton icon="sendings" href="/kantoor/maandoverzicht">{t("board.title")}</LinkButton><LinkButton href="/kantoor/mails">{t("mailList.title")}</LinkButton></>} />
      {!mayChange(viewer.rank) ? null : clients.length > 0 ? (
        <ActionForm action={startDeliveryAction} className="start" label={t("delivery.startTitle")}>
          <SelectField name="employerId" label={t("delivery.client")} required options={[{ value: "", label: t("delivery.chooseFirst") }, ...clients.map(({ id, name }) => ({ value: id, label: name }))]} />
          <SubmitButton>{t("delivery.start")}</SubmitButton>
        </ActionForm>
      ) : (
        <LinkButton look="primary" icon="add" href="/kantoor/werkgevers/nieuw">{t("clients.add")}</LinkButton>
      )}
      <DeliveryOverview deliveries={deliveries} href="/kantoor/zendingen" withEmployer empty={t("delivery.listEmptyLead")} sendTogether={mayChange(viewer.rank) ? sendTogetherAction : undefined} sent={sentIn(await searchParams)} />
    </Frame>
  )
}

import { getTranslations } from "next-intl/server"
import type { ApprovalView } from "#domain/approvals/view-approval.ts"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { Notice } from "./notice.tsx"
import { PublishField } from "./publish-field.tsx"

type Waiting = { view: DeliveryView; approval: ApprovalView }

/** The office waits for the answer of its client. */
export async function DeliveryReviewing({ view, approval, withdraw }: Waiting & { withdraw: FormAction | undefined }) {
  const t = await getTranslations("approval")
  const { delivery, employer } = view
  const laidAt = approval.rounds.at(-1)?.entries[0]?.at
  return (
    <div className="stack full">
      <Notice still kind="wait" title={t("waiting", { employer: employer.name })}>
        <p>{laidAt && t("waitingSince", { moment: momentText(laidAt) })}</p>
        <p>{delivery.publishAt ? t("thenOn", { moment: momentText(delivery.publishAt) }) : t("thenAtOnce")}</p>
      </Notice>
      {view.mayChange && withdraw && (
        <div className="line-up">
          <ConfirmForm id="haal-terug" trigger={t("withdraw")} title={t("withdrawTitle")} sure={t("withdraw")} action={withdraw} fields={{ deliveryId: delivery.id }}>
            <p>{t("withdrawLead")}</p>
          </ConfirmForm>
        </div>
      )}
    </div>
  )
}

/** Waits for its publication date, which can be changed, or taken back, until then. */
export async function DeliveryPlanned({ view, approval, changePublication, takeBack }: Waiting & { changePublication: FormAction; takeBack: FormAction }) {
  const t = await getTranslations("publish")
  const { delivery } = view
  const fields = { deliveryId: delivery.id }
  const isApproved = approval.rounds.at(-1)?.answer === "approved"
  return (
    <div className="stack full">
      <Notice still kind="wait" title={t("planned", { moment: delivery.publishAt ? momentText(delivery.publishAt) : "" })}>
        <p>{t("plannedLead")}</p>
      </Notice>
      {view.mayChange && (
        <div className="line-up">
          <ConfirmForm id="andere-datum" trigger={t("change")} title={t("changeTitle")} sure={t("change")} action={changePublication} fields={fields}>
            {isApproved && <p>{t("changeVoids")}</p>}
            <PublishField name="publishAt" at={delivery.publishAt} optional={false} />
          </ConfirmForm>
          <ConfirmForm id="haal-terug" trigger={t("takeBack")} title={t("takeBackTitle")} sure={t("takeBack")} action={takeBack} fields={fields}>
            <p>{t("takeBackLead")}</p>
          </ConfirmForm>
        </div>
      )}
    </div>
  )
}

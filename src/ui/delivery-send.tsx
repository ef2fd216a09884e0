import { getTranslations } from "next-intl/server"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { momentText } from "./dates.ts"
import { type FormAction, outcomeOf } from "./delivery-words.ts"
import { LiveRefresh } from "./live-refresh.tsx"
import { Notice } from "./notice.tsx"
import { Progress } from "./progress.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = { view: DeliveryView; actions: Record<"unstage" | "send" | "removeDelivery", FormAction> }

/** Past drafting: what sending will do and to whom, that it goes on, or what was done. */
export async function DeliverySending({ view, actions }: Props) {
  const t = await getTranslations("delivery")
  const { delivery, employer, items } = view
  if (delivery.state === "sending") {
    return (
      <div className="stack full">
        <LiveRefresh active every={1500} />
        <Progress label={t("sending")} />
        <p className="soft">{t("sendingLead")}</p>
      </div>
    )
  }
  const outcome = outcomeOf(items)
  if (delivery.state === "sent") {
    const moment = delivery.sentAt ? momentText(delivery.sentAt) : ""
    return (
      <Notice kind="good" title={t("sent", { moment })}>
        <p>
          {t("wentEmployees", outcome)} {t("wentEmployer", { count: outcome.forEmployer, employer: employer.name })}
        </p>
      </Notice>
    )
  }
  const fields = { deliveryId: delivery.id }
  const happens = (
    <ul>
      <li>{t("willEmployees", outcome)}</li>
      {outcome.welcomes > 0 && <li>{t("willWelcome", { count: outcome.welcomes })}</li>}
      {outcome.withoutEmail > 0 && <li>{t("willNoEmail", { count: outcome.withoutEmail })}</li>}
      {outcome.replaces > 0 && <li>{t("willReplace", { count: outcome.replaces })}</li>}
      <li>{t("willEmployer", { count: outcome.forEmployer, employer: employer.name })}</li>
    </ul>
  )
  return (
    <div className="stack full">
      {outcome.red > 0 && (
        <Notice still kind="bad" title={t("red", { count: outcome.red })}>
          {t("redLead")}
        </Notice>
      )}
      <Notice still kind="wait" title={`${t("staged")}. ${t("stagedLead")}`}>
        {happens}
      </Notice>
      {view.mayChange && <div className="line-up">
        {view.maySend && (
          <ConfirmForm id="verzend" look="primary" trigger={t("send")} title={t("sendTitle")} sure={t("send")} action={actions.send} fields={fields}>
            {happens}
            <p>{t("willNoReturn")}</p>
          </ConfirmForm>
        )}
        <ActionForm action={actions.unstage} className="inline">
          <input type="hidden" name="deliveryId" value={delivery.id} />
          <SubmitButton look="quiet">{t("back")}</SubmitButton>
        </ActionForm>
        <RemoveDelivery deliveryId={delivery.id} action={actions.removeDelivery} />
      </div>}
    </div>
  )
}

/** Throws away what was not sent yet. */
export async function RemoveDelivery({ deliveryId, action }: { deliveryId: string; action: FormAction }) {
  const t = await getTranslations("delivery")
  return (
    <ConfirmForm id="gooi-weg" look="danger" danger trigger={t("remove")} title={t("removeTitle")} sure={t("remove")} action={action} fields={{ deliveryId }}>
      <p>{t("removeLead")}</p>
    </ConfirmForm>
  )
}

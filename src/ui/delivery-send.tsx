import { getTranslations } from "next-intl/server"
import type { ApprovalView } from "#domain/approvals/view-approval.ts"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { momentText } from "./dates.ts"
import { DeliveryReviewing, DeliveryPlanned } from "./delivery-waiting.tsx"
import { type FormAction, outcomeOf } from "./delivery-words.ts"
import { TextField } from "./field.tsx"
import { LiveRefresh } from "./live-refresh.tsx"
import { Notice } from "./notice.tsx"
import { Progress } from "./progress.tsx"
import { PublishField } from "./publish-field.tsx"
import { SubmitButton } from "./submit-button.tsx"

export type SendingActions = Record<"unstage" | "send" | "removeDelivery" | "changePublication" | "takeBack", FormAction> & Partial<Record<"lay" | "withdraw", FormAction>>

type Props = { view: DeliveryView; approval: ApprovalView; actions: SendingActions }

/** Past drafting: what sending will do and to whom, what it waits for, that it goes on, or what was done. */
export async function DeliverySending({ view, approval, actions }: Props) {
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
  if (delivery.state === "reviewing") return <DeliveryReviewing view={view} approval={approval} withdraw={actions.withdraw} />
  if (delivery.state === "planned") return <DeliveryPlanned view={view} approval={approval} changePublication={actions.changePublication} takeBack={actions.takeBack} />
  if (delivery.state === "sent") {
    const outcome = outcomeOf(items)
    const moment = delivery.sentAt ? momentText(delivery.sentAt) : ""
    return (
      <Notice kind="good" title={t("sent", { moment })}>
        <p>
          {t("wentEmployees", outcome)} {t("wentEmployer", { count: outcome.forEmployer, employer: employer.name })}
        </p>
      </Notice>
    )
  }
  return <DeliveryStaged view={view} actions={actions} />
}

/** Staged: what will happen, and the ways to go on. */
async function DeliveryStaged({ view, actions }: Omit<Props, "approval">) {
  const t = await getTranslations("delivery")
  const { delivery, items } = view
  const fields = { deliveryId: delivery.id }
  const { red } = outcomeOf(items)
  return (
    <div className="stack full">
      {red > 0 && (
        <Notice still kind="bad" title={t("red", { count: red })}>
          {t("redLead")}
        </Notice>
      )}
      {delivery.failedAt && (
        <Notice still kind="bad" title={t(view.needsApproval ? "heldBack" : "failed", { moment: momentText(delivery.failedAt) })}>
          {t(view.needsApproval ? "heldBackLead" : "failedLead")}
        </Notice>
      )}
      <Notice still kind="wait" title={`${t("staged")}. ${t("stagedLead")}`}>
        <Happens view={view} />
        {view.needsApproval && <p>{t("mustAsk")}</p>}
      </Notice>
      {view.mayChange && <div className="line-up">
        {view.maySend && !view.needsApproval && (
          <ConfirmForm id="verzend" look="primary" trigger={t("send")} title={t("sendTitle")} sure={t("send")} action={actions.send} fields={fields}>
            <Happens view={view} />
            <PublishField name="publishAt" at={delivery.failedAt ? null : delivery.publishAt} />
            <p>{t("willNoReturn")}</p>
          </ConfirmForm>
        )}
        {view.maySend && view.mayLayBefore && actions.lay && (
          <ConfirmForm id="leg-voor" look={view.needsApproval ? "primary" : "quiet"} trigger={t("lay")} title={t("layTitle")} sure={t("lay")} action={actions.lay} fields={fields}>
            <p>{t("layLead", { employer: view.employer.name })}</p>
            <TextField name="remark" label={t("layRemark")} hint={t("layRemarkHint")} rows={3} maxLength={2000} optional />
            <PublishField name="visibleFrom" at={delivery.publishAt} />
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

/** What sending will do, and to whom. */
async function Happens({ view }: { view: DeliveryView }) {
  const t = await getTranslations("delivery")
  const outcome = outcomeOf(view.items)
  return (
    <ul>
      <li>{t("willEmployees", outcome)}</li>
      {outcome.welcomes > 0 && <li>{t("willWelcome", { count: outcome.welcomes })}</li>}
      {outcome.withoutEmail > 0 && <li>{t("willNoEmail", { count: outcome.withoutEmail })}</li>}
      {outcome.replaces > 0 && <li>{t("willReplace", { count: outcome.replaces })}</li>}
      <li>{t("willEmployer", { count: outcome.forEmployer, employer: view.employer.name })}</li>
    </ul>
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

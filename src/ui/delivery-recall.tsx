import { getTranslations } from "next-intl/server"
import type { DeliveryRecall } from "#domain/deliveries/withdraw-delivery.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import type { Translator } from "./file-title.ts"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { WithdrawWhy } from "./withdraw-why.tsx"

type Props = { recall: DeliveryRecall; action: FormAction }

/** Under a delivery that was sent: that the whole was withdrawn and who had opened what, or the way to withdraw it. */
export async function DeliveryRecallSection({ recall, action }: Props) {
  const t = await getTranslations()
  const { deliveryId, withdrawnAt, reason, note, current, together, apart, replaced, mayWithdraw } = recall
  const left = [apart > 0 && t("recall.whole.apart", { count: apart }), replaced > 0 && t("recall.whole.replaced", { count: replaced })].filter((one) => one !== false)
  if (withdrawnAt && reason) {
    return (
      <Notice still kind="bad" title={t("recall.whole.done", { at: momentText(withdrawnAt) })}>
        <p>{[t("recall.whole.doneLead", { count: together, reason: t(`recall.reasons.${reason}`) }), ...left].join(" ")}</p>
        {note && <p className="said">{note}</p>}
        <Opened t={t} recall={recall} />
      </Notice>
    )
  }
  if (!mayWithdraw) return null
  return (
    <ListSection title={t("recall.whole.title")} id="trek-in">
      <p className="soft under">{t("recall.whole.lead")}</p>
      <ConfirmForm id="trek-in-zeker" look="danger" danger trigger={t("recall.whole.do")} title={t("recall.whole.sureTitle")} sure={t("recall.whole.do")} action={action} fields={{ deliveryId }}>
        <p>{[t("recall.whole.sure", { count: current }), ...left].join(" ")}</p>
        <Opened t={t} recall={recall} />
        <WithdrawWhy />
      </ConfirmForm>
    </ListSection>
  )
}

/** How many were opened and by whom, and what went by mail. */
function Opened({ t, recall: { current, together, opened, openers, mailed } }: Pick<Props, "recall"> & { t: Translator }) {
  const role = { employee: t("opened.employee"), employer: t("opened.employer") }
  return (
    <>
      <p>{t("recall.whole.opened", { opened, count: current + together })}</p>
      {openers.length > 0 && (
        <ul>
          {openers.map(({ party, name, files }, index) => (
            <li key={index}>{t("recall.whole.opener", { who: party === "overviews" ? t("recall.overviewers") : t("opened.party", { name: name ?? t("opened.unknown"), role: role[party] }), count: files })}</li>
          ))}
        </ul>
      )}
      {mailed.length > 0 && (
        <Notice kind="wait" still title={t("recall.whole.mailed", { count: mailed.length })}>
          <ul>{mailed.map(({ itemId, name, at }) => <li key={itemId}>{t("recall.whole.mailedTo", { name: name ?? t("opened.unknown"), at: momentText(at) })}</li>)}</ul>
        </Notice>
      )}
    </>
  )
}

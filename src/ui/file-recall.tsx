import { getLocale, getTranslations } from "next-intl/server"
import type { Recall } from "#domain/files/view-recall.ts"
import { mostNote } from "#policy/sender-note.ts"
import { maxUploadBytes } from "#policy/upload-limits.ts"
import { LinkButton } from "./button.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { dayText, momentText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"
import type { FormAction } from "./delivery-words.ts"
import { uploadLabels } from "./labels.ts"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { openedText, receiverName } from "./recall-words.ts"
import { sizeText } from "./sizes.ts"
import { UploadDrop } from "./upload-drop.tsx"
import { WithdrawWhy } from "./withdraw-why.tsx"

type Props = { recall: Recall; filesAt: string }

/** Above a file that is over: that it was withdrawn, or what came in its place; and above one that came in the place of another, of which. */
export async function RecallNotice({ recall: { newer, earlier, withdrawal }, filesAt }: Props) {
  const t = await getTranslations("recall")
  const [before] = earlier
  return (
    <>
      {withdrawal && <Notice still kind="bad" title={t("withdrawnTitle", { at: momentText(withdrawal.withdrawnAt) })}>{t("withdrawnLead")}</Notice>}
      {newer && (
        <Notice still kind="wait" title={t("replacedTitle")}>
          <p>{t("replacedLead")} <a href={`${filesAt}/${newer.id}`}>{t("toNewer", { date: dayText(newer.createdAt) })}</a></p>
          {newer.note && <p className="said">{newer.note}</p>}
        </Notice>
      )}
      {!newer && before && (
        <Notice still title={t("replacesTitle")}>
          <p>{t("replacesLead", { date: dayText(before.createdAt) })} <a href={`${filesAt}/${before.id}`}>{t("toEarlier")}</a></p>
          {before.note && <p className="said">{before.note}</p>}
        </Notice>
      )}
    </>
  )
}

/** Under a file's details: its earlier versions, who had it when it was withdrawn, and for its sender the ways to replace and to withdraw it. */
export async function FileRecall({ recall, filesAt, title, withdrawAction }: Props & { title: string; withdrawAction: FormAction }) {
  const t = await getTranslations()
  const { fileId, earlier, mailedAt, withdrawal, mayReplace, mayWithdraw } = recall
  const mailed = mailedAt && <Notice kind="wait" still>{t("payslipMail.mailedWarning", { at: momentText(mailedAt) })}</Notice>
  return (
    <>
      {earlier.length > 0 && (
        <ListSection title={t("recall.earlier")} id="eerder">
          <DefinitionList items={earlier.map(({ id, createdAt }) => ({ term: momentText(createdAt), value: <a href={`${filesAt}/${id}`}>{t("recall.see")}</a>, note: t("recall.over") }))} />
        </ListSection>
      )}
      {withdrawal && (
        <ListSection title={t("recall.whoHad")} id="ingetrokken" tools={<LinkButton icon="download" download href={`/api/files/${fileId}/withdrawal`}>{t("recall.forBreach")}</LinkButton>}>
          <p className="soft under">{t("recall.whoHadLead", { reason: t(`recall.reasons.${withdrawal.reason}`) })}</p>
          {withdrawal.note && <p className="said">{withdrawal.note}</p>}
          {mailed}
          <DefinitionList named items={withdrawal.receivers.map((one) => ({ term: receiverName(t, one), value: openedText(t, one) }))} />
        </ListSection>
      )}
      {mayReplace && (
        <ListSection title={t("recall.replace")} id="vervang">
          <p className="soft under">{t("recall.replaceLead")}</p>
          <UploadDrop url={`/api/files/${fileId}/replacement`} accept=".pdf,application/pdf" multiple={false} limit={maxUploadBytes} note={{ label: t("recall.replaceNote"), hint: t("recall.noteHint"), optional: t("common.optional"), most: mostNote }} hint={t("recall.replaceHint", { limit: sizeText(maxUploadBytes, await getLocale()) })} labels={uploadLabels(t)} keepDone={false} />
        </ListSection>
      )}
      {mayWithdraw && (
        <ListSection title={t("recall.withdraw")} id="trek-in">
          <p className="soft under">{t("recall.withdrawLead")}</p>
          <ConfirmForm id="trek-in-zeker" look="danger" danger trigger={t("recall.withdrawDo")} title={t("recall.withdrawTitle", { title })} sure={t("recall.withdrawDo")} action={withdrawAction} fields={{ fileId }}>
            <p>{t("recall.withdrawSure")}</p>
            {mailed}
            <WithdrawWhy />
          </ConfirmForm>
        </ListSection>
      )}
    </>
  )
}

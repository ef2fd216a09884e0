import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { BackupsView as View } from "#domain/package-backups/view-backups.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { ActionForm } from "./action-form.tsx"
import { type BackupActions, comingColumns, keptColumns } from "./backup-columns.tsx"
import { BackupUpload } from "./backup-upload.tsx"
import { DataTable } from "./data-table.tsx"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { Field } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { LiveRefresh } from "./live-refresh.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { sizeText } from "./sizes.ts"
import { SubmitButton } from "./submit-button.tsx"
import { YearChips } from "./year-chips.tsx"

type Actions = BackupActions & { remind: FormAction }
type Props = { view: View; here: string; back?: { href: string; label: string }; mayChange: boolean; notices: ReactNode; actions: Actions; now: Date }

/** "Back-ups": those of one payroll year, what is on its way, sending one, and the reminder. */
export async function BackupsView({ view, here, back, mayChange, notices, actions, now }: Props) {
  const t = await getTranslations("backups")
  const { employer, year, years, kept, underWay, mayAdd, reminderDays } = view
  const choices = Array.from({ length: backupRules.years.back + backupRules.years.ahead + 1 }, (_, index) => now.getUTCFullYear() + backupRules.years.ahead - index)
  const words = {
    ...{ year: t("year"), description: t("describe"), descriptionHint: t("descriptionHint"), file: t("file"), fileHint: t("fileHint", { limit: sizeText(backupRules.mostBytes) }), fileHintPlain: t("fileHintPlain", { limit: sizeText(backupRules.formBytes) }), send: t("send"), cancel: t("cancel") },
    ...{ counting: t("counting"), sending: t("sending"), reading: t("reading"), done: t("done"), doneLead: t("doneLead"), failed: t("failed"), none: t("none"), tooLarge: t("tooLarge", { limit: sizeText(backupRules.mostBytes) }) },
    ...{ left: t.raw("left"), seconds: t.raw("seconds"), minutes: t.raw("minutes"), hours: t.raw("hours") },
  }
  return (
    <>
      <LiveRefresh active={underWay.some(({ state }) => state === "checking")} every={2000} />
      <PageHead title={t("title")} lead={t("lead", { name: employer.name })} {...(back ? { back } : {})} />
      {notices}
      {years.length > 1 && <div className="between"><YearChips years={years} current={year} label={t("years")} hrefOf={(one) => `${here}?jaar=${one}`} /></div>}
      <ListSection id="bewaard" title={t("kept", { year: String(year) })} remark={`(${kept.length})`}>
        {kept.length === 0 ? <EmptyState title={t("empty", { year: String(year) })}>{mayAdd ? t("emptyLead") : null}</EmptyState> : <DataTable caption={t("kept", { year: String(year) })} columns={await keptColumns(mayChange, actions)} rows={kept} keyOf={({ id }) => id} stateOf={(one) => (one.damagedAt ? "bad" : undefined)} />}
        <p className="hint">{t("rule")}</p>
      </ListSection>
      {underWay.length > 0 && (
        <ListSection id="onderweg" title={t("underWay")} remark={`(${underWay.length})`}>
          <DataTable caption={t("underWay")} columns={await comingColumns(mayChange, actions)} rows={underWay} keyOf={({ id }) => id} />
        </ListSection>
      )}
      {mayAdd && (
        <ListSection id="sturen" title={t("add")}>
          <BackupUpload employerId={employer.id} years={choices} year={year} limit={backupRules.mostBytes} words={words} />
        </ListSection>
      )}
      {(mayAdd || reminderDays !== null) && (
        <ListSection id="herinnering" title={t("reminder")}>
          <p>{t("reminderLead")}</p>
          {mayAdd ? (
            <ActionForm action={actions.remind} label={t("reminder")} saved={<Notice kind="good" title={t("saved")} />}>
              <input type="hidden" name="employerId" value={employer.id} />
              <Field name="days" label={t("days")} hint={t("daysHint")} inputMode="numeric" short defaultValue={reminderDays ?? ""} />
              <SubmitButton look="quiet">{t("save")}</SubmitButton>
            </ActionForm>
          ) : <p>{reminderDays === null ? t("reminderOff") : t("reminderOn", { days: reminderDays })}</p>}
        </ListSection>
      )}
    </>
  )
}

import { useTranslations } from "next-intl"
import type { FilesOfYear } from "#domain/files/files-of-dossier.ts"
import { periodName, periodShort } from "./file-title.ts"
import { MonthStrip } from "./month-strip.tsx"
import { periodsOfYear } from "./months-of-year.ts"

/** The year of a dossier as a row of months: which payslips came, and which are still to be read. Nothing for a year without payslips. */
export function PayslipMonths({ files, filesAt, marksUnread = false }: { files: FilesOfYear; filesAt: string; marksUnread?: boolean }) {
  const payslips = files.payroll.filter((file) => file.kind === "payslip" && file.replacedAt === null).map((file) => ({ ...file, read: file.read || !marksUnread }))
  const t = useTranslations()
  if (payslips.length === 0) return null
  const { kind, periods } = periodsOfYear(payslips)
  const months = periods.map(({ number, state, fileId }) => ({
    short: periodShort(t, { kind, number }),
    name: periodName(t, { kind, number }),
    state,
    href: fileId && `${filesAt}/${fileId}`,
  }))
  return <MonthStrip label={t("ui.months.of", { year: String(files.year) })} months={months} />
}

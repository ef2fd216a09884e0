import { getTranslations } from "next-intl/server"
import type { BackupsView as View } from "#domain/package-backups/view-backups.ts"
import { backupRules } from "#policy/backup-rules.ts"
import type { Viewer } from "#policy/viewer.ts"
import { numberIn, wordIn } from "#ui/asked.ts"
import { BackupsView } from "#ui/backups-view.tsx"
import { Notice } from "#ui/notice.tsx"
import { changeBackupReminderAction, describeBackupAction, pinBackupAction, removeBackupAction } from "./backup-actions.ts"

type Asked = Readonly<Record<string, string | string[] | undefined>>
type Props = { viewer: Viewer; view: View; asked: Asked; here: string; back?: { href: string; label: string }; now: Date }

const refusals = ["files-none", "backup-form-too-large", "backup-description", "backup-year", "backups-by-office", "backups-unfinished", "storage-full", "upload-broken-off", "upload-empty", "upload-in-crumbs", "upload-length"] as const

/** The page "Back-ups" of an office's client or of an employer that runs payroll itself, with what became of a plain form. */
export async function Backups({ viewer, view, asked, here, back, now }: Props) {
  const t = await getTranslations()
  const code = refusals.find((one) => one === wordIn(asked.geweigerd))
  const details = { megabytes: backupRules.formBytes / 1e6, most: numberIn(asked.most) ?? 0 }
  const notices = (
    <>
      {wordIn(asked.bewaard) === "1" && <Notice kind="good" title={t("backups.plainDone")}>{t("backups.plainDoneLead")}</Notice>}
      {wordIn(asked.geweigerd) !== "" && <Notice kind="bad" title={t("backups.notReceived")}>{t(code ? `errors.${code}` : "errors.upload-broken-off", details)}</Notice>}
    </>
  )
  const actions = { describe: describeBackupAction, pin: pinBackupAction, remove: removeBackupAction, remind: changeBackupReminderAction }
  return <BackupsView view={view} here={here} mayChange={viewer.rank === "owner" || viewer.rank === "member"} notices={notices} actions={actions} now={now} {...(back ? { back } : {})} />
}

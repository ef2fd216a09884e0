import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { DownloadSelection } from "./download-selection.tsx"
import { SelectAll } from "./select-all.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** The name of the checkboxes of files, whose values are ids. */
export const pickedFiles = "bestand"

/** A table of files with checkboxes, and what can be done with those that are ticked. A plain form without JavaScript. */
export function BulkFiles({ action, label, children }: { action: FormAction; label: string; children: ReactNode }) {
  const t = useTranslations()
  return (
    <ActionForm action={action} className="within" label={label}>
      {children}
      <div className="bulk">
        <SelectAll name={pickedFiles} label={t("ui.file.selectAll")} />
        <SubmitButton look="quiet" name="doe" value="delen">{t("sharing.shareWith")}</SubmitButton>
        <DownloadSelection label={t("zip.downloadSelection")} />
        <SubmitButton look="quiet" name="doe" value="gelezen">{t("sharing.markRead")}</SubmitButton>
        <SubmitButton look="quiet" name="doe" value="ongelezen">{t("sharing.markUnread")}</SubmitButton>
        <SubmitButton look="danger" name="doe" value="weg">{t("bin.delete")}</SubmitButton>
      </div>
    </ActionForm>
  )
}

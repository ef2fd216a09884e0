import { useTranslations } from "next-intl"
import { ActionForm } from "./action-form.tsx"
import { idsIn, numberIn } from "./asked.ts"
import { pickedFiles } from "./bulk-files.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Notice } from "./notice.tsx"
import { OwnFileNotices } from "./own-file-notices.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** What was just done with files of the dossier, as its address tells it: ?weg= with the way back, ?terug= and ?gedeeld= with how many. */
export function DossierNotices({ asked, restoreAction }: { asked: Readonly<Record<string, string | string[] | undefined>>; restoreAction: FormAction }) {
  const t = useTranslations()
  const gone = idsIn(asked.weg)
  const [back, shared] = [numberIn(asked.terug), numberIn(asked.gedeeld)]
  return (
    <>
      {gone.length > 0 && (
        <Notice kind="good" title={t("bin.done", { count: gone.length })}>
          <p>{t("bin.doneLead")}</p>
          <ActionForm action={restoreAction} className="inline">
            <input type="hidden" name="naar" value="dossier" />
            {gone.map((id) => <input key={id} type="hidden" name={pickedFiles} value={id} />)}
            <SubmitButton look="quiet">{t("bin.undo")}</SubmitButton>
          </ActionForm>
        </Notice>
      )}
      <OwnFileNotices asked={asked} />
      {back && <Notice kind="good" title={t("bin.back", { count: back })} />}
      {shared && <Notice kind="good" title={t("sharing.done", { count: shared })}>{t("sharing.doneLead")}</Notice>}
    </>
  )
}

import { getLocale, getTranslations } from "next-intl/server"
import type { BinnedFile } from "#domain/sharing/bin-files.ts"
import { ActionForm } from "./action-form.tsx"
import { pickedFiles } from "./bulk-files.tsx"
import { LinkButton } from "./button.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SelectAll } from "./select-all.tsx"
import { sizeText } from "./sizes.ts"
import { SubmitButton } from "./submit-button.tsx"

type Props = { files: readonly BinnedFile[]; portal: "werknemer" | "werkgever" | "kantoor"; restored: number | null; mayChange: boolean; restoreAction: FormAction }

/** "Prullenbak": what was deleted, how long it stays, and "Zet terug". */
export async function BinView({ files, portal, restored, mayChange, restoreAction }: Props) {
  const t = await getTranslations()
  const locale = await getLocale()
  const nameIn = (file: BinnedFile) => file.name ?? t("bin.unnamed")
  const columns: Column<BinnedFile>[] = [
    { title: t("ui.file.selectColumn"), card: "pick", cell: (file) => ({ is: "pick", name: pickedFiles, value: file.id, label: t("ui.file.select", { title: nameIn(file) }) }) },
    { title: t("ui.file.name"), card: "name", cell: (file) => ({ is: "name", text: nameIn(file) }) },
    { title: t("file.size"), card: "line", still: true, cell: (file) => sizeText(file.size, locale) },
    { title: t("bin.deletedAt"), card: "line", still: true, cell: (file) => momentText(file.binnedAt) },
    { title: t("bin.left"), card: "line", still: true, cell: (file) => t("bin.days", { count: file.days }) },
  ]
  return (
    <>
      <PageHead title={t("bin.title")} lead={t("bin.lead")} back={{ href: `/${portal}/dossier`, label: t("dossier.mine") }} />
      {restored && <Notice kind="good" title={t("bin.back", { count: restored })} />}
      {files.length === 0 ? (
        <EmptyState title={t("bin.empty")} action={<LinkButton href={`/${portal}/dossier`}>{t("ownData.toDossier")}</LinkButton>}>{t("bin.emptyLead")}</EmptyState>
      ) : (
        <section className="list">
          <ActionForm action={restoreAction} className="within" label={t("bin.title")}>
            <DataTable caption={t("bin.title")} columns={columns} rows={files} keyOf={(file) => file.id} />
            <input type="hidden" name="naar" value="prullenbak" />
            {mayChange && <div className="bulk">
              <SelectAll name={pickedFiles} label={t("ui.file.selectAll")} />
              <SubmitButton look="quiet">{t("bin.restore")}</SubmitButton>
            </div>}
          </ActionForm>
        </section>
      )}
    </>
  )
}

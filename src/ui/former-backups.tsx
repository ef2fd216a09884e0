import { getTranslations } from "next-intl/server"
import type { FormerBackup } from "#domain/package-backups/view-former.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { dayText, momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { ListSection } from "./list-section.tsx"
import { sizeText } from "./sizes.ts"
import { Tag } from "./tag.tsx"

type Props = { backups: readonly FormerBackup[]; mayChange: boolean; remove: FormAction }

/** What an office still has of clients that left: to bring back or to remove, and until when. */
export async function FormerBackups({ backups, mayChange, remove }: Props) {
  const t = await getTranslations("backups")
  const columns: Column<FormerBackup>[] = [
    { title: t("name"), card: "name", cell: ({ name, description }) => <>{name}{description && <><br /><span className="soft">{description}</span></>}</> },
    { title: t("client"), card: "line", labelled: true, cell: ({ employerName }) => employerName },
    { title: t("year"), card: "line", labelled: true, numeric: true, cell: ({ year }) => year },
    { title: t("size"), card: "line", numeric: true, still: true, cell: ({ length }) => sizeText(length) },
    { title: t("at"), card: "line", still: true, cell: ({ landedAt }) => landedAt && momentText(landedAt) },
    { title: t("goes"), card: "line", labelled: true, cell: ({ goesAt, damagedAt }) => <>{damagedAt && <Tag state="bad">{t("damaged", { at: momentText(damagedAt) })}</Tag>} <Tag state="wait">{dayText(goesAt)}</Tag></> },
    {
      title: t("actions"),
      card: "actions",
      cell: ({ id, name, landedAt }) => (
        <div className="line-up">
          <a className="act icon-download" href={`/api/backups/${id}`} title={t("download")} aria-label={t("downloadOf", { name })} download />
          {mayChange && (
            <ConfirmForm id={`verwijder-${id}`} look="bin" trigger={t("remove")} label={t("removeOf", { name })} title={t("removeTitle")} sure={t("remove")} danger action={remove} fields={{ backupId: id }}>
              <p>{t("removeLead", { name, at: landedAt ? momentText(landedAt) : "" })}</p>
            </ConfirmForm>
          )}
        </div>
      ),
    },
  ]
  return (
    <ListSection id="vroeger" title={t("former")} remark={`(${backups.length})`}>
      <p>{t("formerLead")}</p>
      <DataTable caption={t("former")} columns={columns} rows={backups} keyOf={({ id }) => id} />
    </ListSection>
  )
}

import { getTranslations } from "next-intl/server"
import type { FileOpenings } from "#domain/files/view-openings.ts"
import { Browse } from "./browse.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import { ListSection } from "./list-section.tsx"

type Row = { key: string; when: string; who: string; how: string }

/** "Wie heeft dit geopend?": when, by whom and how, latest first. `hrefOf` is the address of a page of it. */
export async function OpenedBy({ opened, seesAll, hrefOf }: { opened: FileOpenings; seesAll: boolean; hrefOf: (page: number) => string }) {
  const t = await getTranslations("opened")
  const whoOf = ({ name, party, colleague, isOwn }: FileOpenings["openings"][number]) => {
    if (isOwn) return t("you")
    const words = { name: name ?? t("unknown"), role: t(party) }
    return colleague === null ? t("party", words) : t("colleague", { ...words, colleague })
  }
  const rows = opened.openings.map((one, index): Row => ({ key: String(opened.from + index), when: momentText(one.at), who: whoOf(one), how: t(one.how) }))
  const columns: Column<Row>[] = [
    { title: t("who"), card: "name", cell: ({ who }) => who },
    { title: t("how"), card: "line", cell: ({ how }) => how },
    { title: t("when"), card: "line", still: true, cell: ({ when }) => when },
  ]
  return (
    <ListSection title={t("title")} remark={`(${opened.total})`} id="geopend">
      <p className="soft under">{seesAll ? t("lead") : t("notAll")}</p>
      {rows.length > 0 ? <DataTable caption={t("caption")} columns={columns} rows={rows} keyOf={(row) => row.key} /> : <p>{t("none")}</p>}
      {opened.pages > 1 && rows.length > 0 && (
        <Browse
          from={opened.from}
          to={opened.from + rows.length - 1}
          total={opened.total}
          previous={opened.page > 1 ? hrefOf(opened.page - 1) : undefined}
          next={opened.page < opened.pages ? hrefOf(opened.page + 1) : undefined}
        />
      )}
    </ListSection>
  )
}

import { getTranslations } from "next-intl/server"
import type { TextInBoth, TextView } from "#domain/mail-texts/view-texts.ts"
import type { TextKind } from "#policy/mail-texts.ts"
import { type Column, DataTable } from "./data-table.tsx"
import { PageHead } from "./page-head.tsx"
import { TimeAgo } from "./time-ago.tsx"

type Mail = { kind: TextKind; texts: TextInBoth }

/** "Teksten van mails": every mail whose words can be changed, and whose words it has in each language. */
export async function MailTextsView({ portal, mails, now }: { portal: "kantoor" | "werkgever"; mails: readonly Mail[]; now: Date }) {
  const t = await getTranslations("mailTexts")
  const whose = ({ source, changedAt, changedBy }: TextView) => (
    <>
      {t(`sources.${source}`)}
      {changedAt && <small className="soft"> · {changedBy} · <TimeAgo at={changedAt} now={now} /></small>}
    </>
  )
  const columns: Column<Mail>[] = [
    { title: t("mail"), card: "name", cell: ({ kind }) => <a href={`/${portal}/mailteksten?mail=${kind}`}>{t(`kinds.${kind}`)}</a> },
    { title: t("languages.nl"), card: "line", labelled: true, cell: ({ texts }) => whose(texts.nl) },
    { title: t("languages.en"), card: "line", labelled: true, cell: ({ texts }) => whose(texts.en) },
  ]
  return (
    <>
      <PageHead title={t("title")} lead={`${t("lead")} ${t("portalsOwn")}`} back={{ href: `/${portal}/profiel`, label: t("back") }} />
      <DataTable caption={t("title")} columns={columns} rows={mails} keyOf={({ kind }) => kind} />
    </>
  )
}

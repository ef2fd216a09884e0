import { getTranslations } from "next-intl/server"
import type { viewClientBackups } from "#domain/package-backups/view-backups.ts"
import { type Column, DataTable } from "./data-table.tsx"
import { EmptyState } from "./empty-state.tsx"
import { PageHead } from "./page-head.tsx"
import { Tag } from "./tag.tsx"
import { TimeAgo } from "./time-ago.tsx"

type Client = Awaited<ReturnType<typeof viewClientBackups>>[number]

/** "Back-ups" of an office: each client with its last sound one, and what is wrong. */
export async function ClientBackups({ clients, now }: { clients: readonly Client[]; now: Date }) {
  const t = await getTranslations("backups")
  const columns: Column<Client>[] = [
    { title: t("client"), card: "name", cell: ({ employerId, name }) => ({ is: "name", text: name, href: `/kantoor/werkgevers/${employerId}/back-ups` }) },
    { title: t("last"), card: "line", labelled: true, cell: ({ lastAt }) => (lastAt ? <TimeAgo at={lastAt} now={now} /> : t("never")) },
    { title: t("count"), card: "line", labelled: true, numeric: true, cell: ({ kept }) => kept },
    {
      title: t("state"),
      card: "tag",
      cell: ({ damaged, isMissed, reminderDays }) => (
        <>
          {damaged > 0 && <Tag state="bad">{t("someDamaged", { count: damaged })}</Tag>} {isMissed && <Tag state="bad">{t("missed", { days: reminderDays ?? 0 })}</Tag>}
          {damaged === 0 && !isMissed && <Tag state="good">{t("good")}</Tag>}
        </>
      ),
    },
  ]
  return (
    <>
      <PageHead title={t("title")} lead={t("clientsLead")} />
      {clients.length === 0 ? <EmptyState title={t("noClients")}>{t("noClientsLead")}</EmptyState> : <DataTable caption={t("title")} columns={columns} rows={clients} keyOf={({ employerId }) => employerId} stateOf={({ damaged, isMissed }) => (damaged > 0 || isMissed ? "bad" : undefined)} />}
    </>
  )
}

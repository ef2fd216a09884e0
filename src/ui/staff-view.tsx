import { getTranslations } from "next-intl/server"
import type { StaffMember } from "#domain/staff/list-staff.ts"
import { ActionForm } from "./action-form.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Field } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { StaffRights } from "./staff-rights.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"

type Props = {
  portal: "kantoor" | "werkgever"
  /** The name of the office or employer. */
  party: string
  staff: readonly StaffMember[]
  clients: readonly { id: string; name: string }[]
  /** What was just done, as the address says it. */
  done?: string | string[] | undefined
  addAction: FormAction
}

const doneWords = { erbij: "added", gewijzigd: "changed", weg: "removed" } as const

/** "Collega's": who may sign in for an office or employer, what each may do, and adding somebody. */
export async function StaffView({ portal, party, staff, clients, done, addAction }: Props) {
  const t = await getTranslations("staff")
  const word = Object.entries(doneWords).find(([key]) => key === done)?.[1]
  const nameOf = (one: StaffMember) => one.name ?? (one.isParty ? t("party") : one.username)
  const columns: Column<StaffMember>[] = [
    { title: t("name"), card: "name", cell: (one) => (one.isParty || one.isSelf ? `${nameOf(one)}${one.isSelf ? ` (${t("self")})` : ""}` : <a href={`/${portal}/collegas/${one.roleId}`} aria-label={t("changeFor", { name: nameOf(one) })}>{nameOf(one)}</a>) },
    { title: t("username"), card: "line", labelled: true, cell: (one) => one.username },
    { title: t("rank"), card: "line", labelled: true, cell: (one) => t(`ranks.${one.rank}`) },
    ...(portal === "kantoor" ? [{ title: t("clients"), card: "line" as const, cell: (one: StaffMember) => (one.clients ? t("countClients", { count: one.clients.length }) : t("allClients")) }] : []),
    { title: t("state"), card: "tag", cell: (one) => <Tag state={one.state === "active" ? "good" : "wait"}>{t(`states.${one.state}`)}</Tag> },
  ]
  return (
    <>
      <PageHead title={t("title")} lead={t("lead", { name: party })} />
      {word && <Notice kind="good" title={t(word)} />}
      <DataTable caption={t("title")} columns={columns} rows={staff} keyOf={(one) => one.roleId} />
      <ListSection title={t("add")}>
        <ActionForm action={addAction} label={t("add")}>
          <p className="soft">{t("addLead")}</p>
          <Field name="name" label={t("name")} hint={t("nameHint")} required autoComplete="off" maxLength={100} />
          <Field name="email" label={t("email")} hint={t("emailHint")} required inputMode="email" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={254} />
          <StaffRights portal={portal} clients={clients} />
          <SubmitButton>{t("submit")}</SubmitButton>
        </ActionForm>
      </ListSection>
    </>
  )
}

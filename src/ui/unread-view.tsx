import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { UnreadPage } from "#domain/files/list-unread.ts"
import type { Role } from "#domain/parties/view-frame.ts"
import { LinkButton } from "./button.tsx"
import { EmptyState } from "./empty-state.tsx"
import { nameOf } from "./file-naming.ts"
import { FileTable } from "./file-table.tsx"
import { PageHead } from "./page-head.tsx"
import { type RoleFile, RoleFiles } from "./role-files.tsx"
import { roleNamed } from "./role-words.ts"
import { placeText } from "./unread-place.ts"

type Props = {
  page: UnreadPage
  /** Not the first page. */
  isOlder: boolean
  portal: "werknemer" | "werkgever" | "kantoor"
  viewerId: string
  /** All roles of the account, where there are several: then each file says which one it is for. */
  roles: readonly Role[]
  switchRoleAction: Action<never>
}

/** "Ongelezen": what was placed with or shared to the roles of this account and not opened yet, newest first, a hundred at a time. */
export async function UnreadView({ page: { files, next }, isOlder, portal, viewerId, roles, switchRoleAction }: Props) {
  const t = await getTranslations()
  const rows = files.map((file): RoleFile => {
    const role = roles.find(({ partyId }) => partyId === file.partyId)
    const about = { id: file.id, title: nameOf(t, file), at: file.createdAt, unread: true, dossier: file.ownerId === file.partyId ? t("dossier.mine") : file.senderName }
    if (role && role.partyId !== viewerId) return { ...about, role: roleNamed(t, role), openAs: `${role.partyId}/${file.id}` }
    const href = `/${portal}/bestanden/${file.id}?lijst=ongelezen`
    return { ...about, role: role && roleNamed(t, role), viewHref: href, downloadHref: `/api/files/${file.id}?how=download`, detailsHref: `${href}#details` }
  })
  const here = `/${portal}/ongelezen`
  const lead = isOlder ? t("unread.leadOlder") : next ? t("unread.leadMany", { count: rows.length }) : t("unread.lead", { count: rows.length })
  if (rows.length === 0) {
    return (
      <>
        <PageHead title={t("unread.title")} />
        <EmptyState title={t("unread.emptyTitle")} action={<LinkButton href={`/${portal}/dossier`}>{t("ownData.toDossier")}</LinkButton>}>
          {t(`unread.empty.${portal}`)}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHead title={t("unread.title")} lead={roles.length > 1 ? `${lead} ${t("unread.leadRoles")}` : lead} />
      {roles.length > 1 ? <RoleFiles caption={t("unread.title")} files={rows} action={switchRoleAction} /> : <FileTable caption={t("unread.title")} files={rows} show="dossier" />}
      <div className="line-up">
        {isOlder && <LinkButton href={here}>{t("unread.newest")}</LinkButton>}
        {next && <LinkButton href={`${here}?${new URLSearchParams({ na: placeText(next) })}`}>{t("unread.older")}</LinkButton>}
      </div>
    </>
  )
}

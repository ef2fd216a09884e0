import { useTranslations } from "next-intl"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import { actsOf, type FileRow } from "./file-table.tsx"

/** `role` is the role it came to; `openAs` names that role and the file where it is another one than the session's. */
export type RoleFile = FileRow & { role?: string; openAs?: string }

/**
 * Files of several roles of one account, in one list. One of the role in use opens by its link; one of another role by a button that changes to that
 * role first, which its own column says. One form around all: it needs no JavaScript.
 */
export function RoleFiles({ caption, files, action }: { caption: string; files: readonly RoleFile[]; action: Action<never> }) {
  const t = useTranslations("ui.file")
  const words = useTranslations("unread")
  const name: Column<RoleFile> = {
    title: t("name"),
    card: "name",
    cell: ({ title, viewHref, openAs, role = "" }) =>
      openAs ? (
        <button className="plain" name="role" value={openAs}>
          {title} <span className="vh">{`${t("unread")}. ${words("openAs", { role })}`}</span>
        </button>
      ) : (
        { is: "name", text: title, href: viewHref, after: t("unread") }
      ),
  }
  const role: Column<RoleFile> = { title: words("role"), card: "line", cell: (file) => file.role }
  const dossier: Column<RoleFile> = { title: t("dossier"), card: "line", cell: (file) => file.dossier }
  const at: Column<RoleFile> = { title: t("date"), card: "line", still: true, cell: (file) => momentText(file.at) }
  const acts: Column<RoleFile> = { title: t("actions"), card: "actions", cell: (file) => (file.openAs ? null : { is: "acts", of: file.title, acts: actsOf(file) }) }
  const actWords = {
    view: { short: t("view"), full: t.raw("viewOf") },
    download: { short: t("download"), full: t.raw("downloadOf") },
    details: { short: t("details"), full: t.raw("detailsOf") },
  }
  return (
    <ActionForm action={action} className="across" label={caption}>
      <DataTable dots caption={caption} columns={[name, role, dossier, at, acts]} rows={files} keyOf={(file) => file.id} stateOf={() => "unread"} actWords={actWords} />
    </ActionForm>
  )
}

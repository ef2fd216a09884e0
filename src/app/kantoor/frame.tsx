import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { viewFrame, type Frame as FrameView } from "#domain/parties/view-frame.ts"
import type { Viewer } from "#policy/viewer.ts"
import { AppShell } from "#ui/app-shell.tsx"
import { rolesToChoose } from "#ui/role-words.ts"
import { signOutAction } from "../(toegang)/sign-out.ts"
import { switchRoleAction } from "../(toegang)/switch-role.ts"

const hrefs = {
  home: "/kantoor",
  employers: "/kantoor/werkgevers",
  sendings: "/kantoor/zendingen",
  dossier: "/kantoor/dossier",
  unread: "/kantoor/ongelezen",
  backups: "/kantoor/back-ups",
  profile: "/kantoor/profiel",
  search: "/kantoor/zoeken",
} as const

/** `frame` where the page has it already. */
type Props = { viewer: Viewer; frame?: FrameView; current: keyof typeof hrefs; wide?: boolean; children: ReactNode }

/** What stands around every page of an office. */
export async function Frame({ viewer, frame, current, wide, children }: Props) {
  const { name, clientNumber, unread, roles } = frame ?? (await viewFrame(viewer))
  const all = await getTranslations()
  const t = await getTranslations("nav")
  const nav = [
    { href: hrefs.home, label: t("home"), icon: "home" },
    { href: hrefs.employers, label: t("employers"), icon: "employers" },
    { href: hrefs.sendings, label: t("sendings"), icon: "sendings" },
    { href: hrefs.dossier, label: t("dossier"), icon: "dossier", fold: true },
    { href: hrefs.backups, label: t("back-ups"), icon: "backups", fold: true },
    { href: hrefs.unread, label: t("unread"), icon: "unread", count: unread },
    { href: hrefs.profile, label: t("profile"), icon: "profile", fold: true },
  ]
  const line = t("asOffice", { number: clientNumber ?? "" })
  const who = { name, line: viewer.rank === "reader" ? `${line} · ${all("staff.readerShort")}` : line }
  return (
    <AppShell portal="kantoor" nav={nav} current={hrefs[current]} who={who} roles={rolesToChoose(all, roles, viewer.partyId)} switchRoleAction={switchRoleAction} signOutAction={signOutAction} wide={wide}>
      {children}
    </AppShell>
  )
}

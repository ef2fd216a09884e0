import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { viewFrame, type Frame as FrameView } from "#domain/parties/view-frame.ts"
import type { Viewer } from "#policy/viewer.ts"
import { AppShell } from "#ui/app-shell.tsx"
import { rolesToChoose } from "#ui/role-words.ts"
import { signOutAction } from "../(toegang)/sign-out.ts"
import { switchRoleAction } from "../(toegang)/switch-role.ts"

const hrefs = {
  home: "/werknemer",
  dossier: "/werknemer/dossier",
  unread: "/werknemer/ongelezen",
  profile: "/werknemer/profiel",
  search: "/werknemer/zoeken",
} as const

/** `frame` where the page has it already. */
type Props = { viewer: Viewer; frame?: FrameView; current: keyof typeof hrefs; wide?: boolean; children: ReactNode }

/** What stands around every page of an employee. */
export async function Frame({ viewer, frame, current, wide, children }: Props) {
  const { name, at, unread, roles } = frame ?? (await viewFrame(viewer))
  const all = await getTranslations()
  const t = await getTranslations("nav")
  const nav = [
    { href: hrefs.home, label: t("home"), icon: "home" },
    { href: hrefs.dossier, label: t("dossier"), icon: "dossier" },
    { href: hrefs.unread, label: t("unread"), icon: "unread", count: unread },
    { href: hrefs.profile, label: t("profile"), icon: "profile" },
  ]
  const who = { name, line: t("asEmployee", { employer: at ?? "" }) }
  return (
    <AppShell portal="werknemer" nav={nav} current={hrefs[current]} who={who} roles={rolesToChoose(all, roles, viewer.partyId)} switchRoleAction={switchRoleAction} signOutAction={signOutAction} wide={wide}>
      {children}
    </AppShell>
  )
}

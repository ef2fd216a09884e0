import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { viewFrame, type Frame as FrameView } from "#domain/parties/view-frame.ts"
import { seesParty } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { AppShell } from "#ui/app-shell.tsx"
import { rolesToChoose } from "#ui/role-words.ts"
import { signOutAction } from "../(toegang)/sign-out.ts"
import { switchRoleAction } from "../(toegang)/switch-role.ts"

const hrefs = {
  home: "/werkgever",
  dossier: "/werkgever/dossier",
  employees: "/werkgever/werknemers",
  sendings: "/werkgever/zendingen",
  unread: "/werkgever/ongelezen",
  backups: "/werkgever/back-ups",
  profile: "/werkgever/profiel",
  search: "/werkgever/zoeken",
} as const

/** `frame` where the page has it already. */
type Props = { viewer: Viewer; frame?: FrameView; current: keyof typeof hrefs; wide?: boolean; children: ReactNode }

/** What stands around every page of an employer. "Zendingen" is there for one that runs payroll itself, or that something was laid before; who sees the overviews alone finds no people and no data either. */
export async function Frame({ viewer, frame, current, wide, children }: Props) {
  const { name, runsPayroll, hasDeliveries, unread, roles } = frame ?? (await viewFrame(viewer))
  const all = await getTranslations()
  const t = await getTranslations("nav")
  const sees = seesParty(viewer.rank)
  const nav = [
    ...(sees ? [{ href: hrefs.home, label: t("home"), icon: "home", fold: true }] : []),
    { href: hrefs.dossier, label: t("dossier"), icon: "dossier" },
    ...(sees ? [{ href: hrefs.employees, label: t("employees"), icon: "employees" }] : []),
    ...(runsPayroll || hasDeliveries ? [{ href: hrefs.sendings, label: t("sendings"), icon: "sendings" }] : []),
    ...(runsPayroll ? [{ href: hrefs.backups, label: t("back-ups"), icon: "backups", fold: true }] : []),
    { href: hrefs.unread, label: t("unread"), icon: "unread", count: unread },
    { href: hrefs.profile, label: t("profile"), icon: "profile", fold: true },
  ]
  const short = viewer.rank === "reader" ? all("staff.readerShort") : viewer.rank === "overviews" ? all("staff.overviewsShort") : null
  return (
    <AppShell portal="werkgever" nav={nav} current={hrefs[current]} who={{ name, line: short ? `${t("asEmployer")} · ${short}` : t("asEmployer") }} roles={rolesToChoose(all, roles, viewer.partyId)} switchRoleAction={switchRoleAction} signOutAction={signOutAction} wide={wide}>
      {children}
    </AppShell>
  )
}

import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import { KeyboardHelp } from "./keyboard-help.tsx"
import { MainNav, type NavItem } from "./main-nav.tsx"
import { Mark } from "./mark.tsx"
import { type Role, RoleSwitch } from "./role-switch.tsx"

type Props = {
  portal: "werknemer" | "werkgever" | "kantoor"
  nav: readonly NavItem[]
  /** The href of the entry that is on screen. */
  current: string
  /** "Vries, K de" and "werknemer bij De Korenmaat". */
  who: { name: string; line: string }
  /** All roles of the account; with one or none there is no switch. */
  roles?: readonly Role[]
  /** Gets `role` (the id) in its form. */
  switchRoleAction?: Action<never>
  signOutAction: (form: FormData) => Promise<void>
  /** For tables with many columns. */
  wide?: boolean
  children: ReactNode
}

/** The frame of a portal: bar on top, on a narrow screen the entries at the bottom. Everything works without JavaScript, signing out too. */
export function AppShell({ portal, nav, current, who, roles = [], switchRoleAction, signOutAction, wide = false, children }: Props) {
  const t = useTranslations()
  return (
    <>
      <header className="bar">
        <div className="page">
          <a className="mark" href={`/${portal}`}>
            <Mark />
            {t("common.product")}
          </a>
          <MainNav items={nav} current={current} />
          <a className="act icon-find to-search" href={`/${portal}/zoeken`} aria-label={t("search.title")} title={t("search.title")} data-search aria-current={current === `/${portal}/zoeken` ? "page" : undefined} />
          <div className="who">
            {roles.length > 1 && switchRoleAction ? (
              <RoleSwitch who={who} roles={roles} action={switchRoleAction} label={t("nav.roles")} />
            ) : (
              <span className="me">
                <b>{who.name}</b>
                {who.line}
              </span>
            )}
            <form action={signOutAction}>
              <button className="plain">{t("nav.signOut")}</button>
            </form>
          </div>
        </div>
      </header>
      <main id="inhoud" tabIndex={-1} className={wide ? "page wide" : "page"}>
        {children}
      </main>
      <KeyboardHelp
        title={t("ui.keys.title")}
        close={t("common.close")}
        keys={[
          ["/", t("ui.keys.find")],
          ["?", t("ui.keys.help")],
          ["j k", t("ui.keys.files")],
          ["← →", t("ui.keys.pages")],
          ["+ - 0", t("ui.keys.zoom")],
          ["p", t("ui.keys.print")],
          ["Esc", t("ui.keys.close")],
        ]}
      />
    </>
  )
}

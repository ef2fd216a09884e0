import { useTranslations } from "next-intl"
import { NavList } from "./nav-list.tsx"

export type NavItem = {
  href: string
  label: string
  /** A name in icons.css; shown on a narrow screen only. */
  icon: string
  /** Unread files; nothing is shown for zero. */
  count?: number
  /** Goes under "Meer" on a narrow screen, whatever its place. */
  fold?: boolean
}

/** The entries of a portal. On a narrow screen at most five fit in the bottom bar; then the rest folds under "Meer". */
export function MainNav({ items, current }: { items: readonly NavItem[]; current: string }) {
  const t = useTranslations("nav")
  const folded = foldedOf(items)
  const lines = items.map((item) => ({ ...item, fold: folded.has(item), countSaid: item.count ? t("unreadCount", { count: item.count }) : undefined }))
  return <NavList items={lines} current={current} label={t("main")} more={t("more")} />
}

/** Which entries go under "Meer": none when five fit; else those that ask for it, and then the last ones until four are left. */
export function foldedOf(items: readonly NavItem[]): ReadonlySet<NavItem> {
  if (items.length <= 5) return new Set()
  const willing = items.filter((item) => item.fold)
  const kept = items.filter((item) => !item.fold)
  return new Set([...kept.slice(4), ...willing])
}

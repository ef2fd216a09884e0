import Link from "next/link"
import { getTranslations } from "next-intl/server"
import { Icon } from "./icon.tsx"
import { LinkPending } from "./link-pending.tsx"

export type NavItem = {
  href: string
  label: string
  /** A name in icons.css; shown on a narrow screen only. */
  icon: string
  /** Unread files; nothing is shown for zero, and "99+" for more than 99. */
  count?: number
  /** Goes under "Meer" on a narrow screen, whatever its place. */
  fold?: boolean
}

/** The entries of a portal. On a narrow screen at most five fit in the bottom bar; then the rest folds under "Meer". */
export async function MainNav({ items, current }: { items: readonly NavItem[]; current: string }) {
  const t = await getTranslations("nav")
  const folded = foldedOf(items)
  const entry = ({ href, label, icon, count }: NavItem) => (
    <Link href={href} prefetch={false} aria-current={href === current ? "page" : undefined}>
      <Icon name={icon} />
      {label}
      {count ? (
        <span className="count">
          <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
          <span className="vh">{t("unreadCount", { count })}</span>
        </span>
      ) : null}
      <LinkPending />
    </Link>
  )
  return (
    <nav className="nav" aria-label={t("main")}>
      <ul>
        {items.map((item) => (
          <li key={item.href} className={folded.has(item) ? "over" : undefined}>
            {entry(item)}
          </li>
        ))}
        {folded.size > 0 && (
          <li>
            <details className="menu more" name="menu">
              <summary>
                <Icon name="more" />
                {t("more")}
              </summary>
              <ul className="leaf">
                {[...folded].map((item) => (
                  <li key={item.href}>{entry(item)}</li>
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** Which entries go under "Meer": none when five fit; else those that ask for it, and then the last ones until four are left. */
export function foldedOf(items: readonly NavItem[]): ReadonlySet<NavItem> {
  if (items.length <= 5) return new Set()
  const willing = items.filter((item) => item.fold)
  const kept = items.filter((item) => !item.fold)
  return new Set([...kept.slice(4), ...willing])
}

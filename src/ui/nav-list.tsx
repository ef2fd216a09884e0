"use client"

import { Icon } from "./icon.tsx"
import { SoftLink } from "./soft-link.tsx"

type Line = {
  href: string
  label: string
  icon: string
  count?: number
  /** "2 ongelezen bestanden", for a screen reader. */
  countSaid?: string
  fold: boolean
}

/** The list of MainNav. Entries that fold are there twice: in the row for a wide screen, and under "Meer" for a narrow one. */
export function NavList({ items, current, label, more }: { items: readonly Line[]; current: string; label: string; more: string }) {
  const folded = items.filter((item) => item.fold)
  const entry = (item: Line, className?: string) => <Entry key={item.href} {...item} isCurrent={item.href === current} className={className} />
  return (
    <nav className="nav" aria-label={label}>
      <ul>
        {items.map((item) => entry(item, item.fold ? "over" : undefined))}
        {folded.length > 0 && (
          <li>
            <details className="menu more" name="menu">
              <summary>
                <Icon name="more" />
                {more}
              </summary>
              <ul className="leaf">{folded.map((item) => entry(item))}</ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Entry({ href, label, icon, count, countSaid, isCurrent, className }: Line & { isCurrent: boolean; className?: string }) {
  return (
    <li className={className}>
      <SoftLink href={href} aria-current={isCurrent ? "page" : undefined}>
        <Icon name={icon} />
        {label}
        {count ? (
          <span className="count">
            <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
            <span className="vh">{countSaid}</span>
          </span>
        ) : null}
      </SoftLink>
    </li>
  )
}

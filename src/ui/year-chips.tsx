import Link from "next/link"
import { useTranslations } from "next-intl"
import { LinkPending } from "./link-pending.tsx"

/** "Toon dossier voor": one link per year, the newest first as given. */
export function YearChips({ years, current, hrefOf, label }: { years: readonly number[]; current: number; hrefOf: (year: number) => string; label?: string }) {
  const t = useTranslations("ui")
  return (
    <nav className="chips" aria-label={label ?? t("years")}>
      {years.map((year) => (
        <Link key={year} href={hrefOf(year)} prefetch={false} aria-current={year === current ? "true" : undefined}>
          {year}
          <LinkPending />
        </Link>
      ))}
    </nav>
  )
}

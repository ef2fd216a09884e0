import { useTranslations } from "next-intl"
import { SoftLink } from "./soft-link.tsx"

/** "Toon dossier voor": one link per year, the newest first as given. */
export function YearChips({ years, current, hrefOf, label }: { years: readonly number[]; current: number; hrefOf: (year: number) => string; label?: string }) {
  const t = useTranslations("ui")
  return (
    <nav className="chips" aria-label={label ?? t("years")}>
      {years.map((year) => (
        <SoftLink key={year} href={hrefOf(year)} aria-current={year === current ? "true" : undefined}>
          {year}
        </SoftLink>
      ))}
    </nav>
  )
}

import { useTranslations } from "next-intl"
import type { RosterCounts } from "#domain/parties/list-employees.ts"
import { ROSTER_STATES, type RosterState } from "#policy/roster-states.ts"

/** A list sifted by state of access: "Alle (60)", and each state that somebody is in, with how many. */
export function StateChips({ counts, kind, current, hrefOf }: { counts: RosterCounts; kind: "employer" | "employee"; current: RosterState | null; hrefOf: (state: RosterState | null) => string }) {
  const t = useTranslations("roster")
  const shown = ROSTER_STATES.filter((state) => counts[state] > 0 || state === current)
  return (
    <nav className="chips" aria-label={t("states")}>
      <a href={hrefOf(null)} aria-current={current === null ? "true" : undefined}>
        {t("all", { count: counts.total })}
      </a>
      {shown.map((state) => (
        <a key={state} href={hrefOf(state)} aria-current={current === state ? "true" : undefined}>
          {t("counted", { state: t(`state.${state}`, { kind }), count: counts[state] })}
        </a>
      ))}
    </nav>
  )
}

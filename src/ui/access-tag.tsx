import { getTranslations } from "next-intl/server"
import type { RosterState } from "#policy/roster-states.ts"
import { Tag } from "./tag.tsx"

/** How each state of getting in looks. */
export const accessLooks = {
  ...{ active: "good", invited: "wait", delivered: "wait", "not-invited": "past", withdrawn: "past", "taken-away": "past", left: "past" },
  ...{ "no-email": "bad", "no-proof": "bad", bounced: "bad", expired: "bad", "tries-used": "bad", blocked: "bad" },
} as const satisfies Record<RosterState, "good" | "wait" | "past" | "bad">

/** Where somebody stands with getting in, in a word. */
export async function AccessTag({ state, kind }: { state: RosterState; kind: "employer" | "employee" }) {
  const t = await getTranslations("roster")
  return <Tag state={accessLooks[state]}>{t(`state.${state}`, { kind })}</Tag>
}

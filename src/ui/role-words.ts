import type { Role } from "#domain/parties/view-frame.ts"
import type { Translator } from "./file-title.ts"

/** What a role is called under the name of who holds it: "werknemer bij De Korenmaat", "werkgever", "klantnummer 200001". */
export function roleLine(t: Translator, { kind, at, clientNumber }: Pick<Role, "kind" | "at" | "clientNumber">): string {
  if (kind === "employee") return t("nav.asEmployee", { employer: at ?? "" })
  return kind === "employer" ? t("nav.asEmployer") : t("nav.asOffice", { number: clientNumber ?? "" })
}

/** A role as part of a sentence, without the name of a person: "werknemer bij De Korenmaat", "werkgever De Korenmaat". */
export function roleNamed(t: Translator, role: Role): string {
  if (role.kind === "employee") return roleLine(t, role)
  return role.kind === "employer" ? t("nav.asEmployerNamed", { name: role.name }) : t("nav.asOfficeNamed", { name: role.name })
}

/** The roles of an account for the switch in the bar; `now` is the party of the session. */
export function rolesToChoose(t: Translator, roles: readonly Role[], now: string): { id: string; name: string; line: string; current: boolean }[] {
  return roles.map((role) => ({ id: role.partyId, name: role.name, line: roleLine(t, role), current: role.partyId === now }))
}

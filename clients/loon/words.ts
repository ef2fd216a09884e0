const states: Readonly<Record<string, string>> = {
  draft: "concept",
  staged: "klaargezet",
  reviewing: "ligt ter controle bij de werkgever",
  planned: "gepland",
  sending: "wordt verzonden",
  sent: "verzonden",
}

const kinds: Readonly<Record<string, string>> = {
  payslip: "Loonstrook",
  "annual-statement": "Jaaropgave",
  "series-overview": "Serie-overzicht",
  "journal-entry": "Journaalpost",
  "payment-list": "Betaallijst lonen",
  "sepa-file": "SEPA-bestand",
  "wage-tax-return": "Loonaangifte",
  "subsidy-list": "Subsidielijst",
  "leave-balance": "Stand verzuim- en verlofdagen",
  other: "Overig",
}

const checks: Readonly<Record<string, string>> = {
  ready: "klaar",
  "employer-document": "klaar",
  "gets-welcome": "krijgt een welkomstmail",
  "no-email": "geen e-mailadres: krijgt geen mail",
  "no-proof": "geboortedatum ontbreekt: krijgt nog geen welkomstmail",
  "sent-before": "is al eerder verzonden",
  "duplicate-here": "staat er dubbel in",
  parked: "niet toegewezen",
  "printed-other-person": "er staat een ander op: personeelsnummer of BSN",
  "printed-other-kind": "volgens de titel een ander soort stuk",
  "printed-other-period": "er staat een andere periode op",
}

const access: Readonly<Record<string, string>> = { active: "actief", blocked: "geblokkeerd", bounced: "mail kwam terug", none: "geen", uninvited: "niet uitgenodigd" }

const refusals: Readonly<Record<string, string>> = {
  "delivery-draft": "staat nog niet klaar",
  "delivery-still-reading": "wordt nog gelezen",
  "delivery-has-refused": "heeft bestanden die niet bruikbaar zijn",
  "delivery-has-parked": "heeft stukken die niet zijn toegewezen",
  "delivery-has-red": "heeft stukken die niet kloppen",
  "delivery-empty": "is leeg",
  "delivery-reviewing": "ligt ter controle bij de werkgever",
  "approval-needed": "heeft akkoord van de werkgever nodig",
}

const word = (words: Readonly<Record<string, string>>) => (code: string) => words[code] ?? code

/** What people call a state, a kind, a check, somebody's access and a refusal. What is new in the portal keeps the name that it has there. */
export const stateWord = word(states)
export const kindWord = word(kinds)
export const checkWord = word(checks)
export const accessWord = word({ invited: "uitgenodigd", delivered: "uitgenodigd", withdrawn: "ingetrokken", "tries-used": "pogingen op", taken: "bezet", ...access })
export const refusalWord = word(refusals)

/** A moment as it is written here, in Dutch time; "" for none. */
export function momentWord(at: string | null): string {
  if (at === null) return ""
  return new Date(at).toLocaleString("nl-NL", { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Amsterdam" })
}

/** One of something, or more of it. */
export function countWord(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`
}

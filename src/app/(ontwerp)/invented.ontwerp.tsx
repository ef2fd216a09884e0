import type { FileRow } from "#ui/file-table.tsx"
import type { Month, MonthState } from "#ui/month-strip.tsx"

/** An action that does nothing, for buttons that are only looked at. */
export async function doNothing(): Promise<void> {
  "use server"
}

export const nav = [
  { href: "/ontwerp", label: "Dossier", icon: "dossier" },
  { href: "/ontwerp/aanmelden", label: "Werknemers", icon: "employees" },
  { href: "/ontwerp/lezen", label: "Zendingen", icon: "sendings" },
  { href: "/ontwerp/ongelezen", label: "Ongelezen", icon: "unread", count: 12 },
  { href: "/ontwerp/stuk", label: "Profiel", icon: "profile", fold: true },
  { href: "/ontwerp/back-ups", label: "Back-ups", icon: "backups", fold: true },
]

export const roles = [
  { id: "1", name: "Vries, K de", line: "werknemer bij De Korenmaat", current: true },
  { id: "2", name: "De Korenmaat", line: "werkgever", current: false },
]

const names = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
const short = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
const stateOf = (at: number): MonthState => (at === 4 ? "missing" : at < 8 ? "read" : at < 10 ? "unread" : "none")

export const months: Month[] = names.map((name, at) => ({ name, short: short[at] ?? "", state: stateOf(at), href: stateOf(at) === "none" || at === 4 ? undefined : "/ontwerp/lezen" }))
export const periods: Month[] = Array.from({ length: 13 }, (_, at) => ({ name: `periode ${at + 1}`, short: `P${at + 1}`, state: stateOf(at), href: at < 10 ? "/ontwerp/lezen" : undefined }))

export const payslips: FileRow[] = [9, 8, 7, 6, 5, 3].map((at) => ({
  id: String(at),
  title: `Loonstrook - ${names[at]} 2026`,
  period: String(at + 1),
  at: new Date(Date.UTC(2026, at, 25, 8, 12)),
  unread: at > 7,
  past: at === 5,
  tag: at === 5 ? { state: "past", text: "Vervallen" } : undefined,
  viewHref: "/ontwerp/lezen",
  downloadHref: "/ontwerp/voorbeeld.pdf",
  detailsHref: "/ontwerp/lezen",
}))

export const ownFiles: FileRow[] = [
  { id: "a", title: "Verhuisbericht.pdf", owner: "Ik · gedeeld met werkgever", at: new Date("2026-10-03T18:41:00Z"), unread: false, viewHref: "/ontwerp/lezen", downloadHref: "/ontwerp/voorbeeld.pdf", detailsHref: "/ontwerp/lezen" },
  { id: "b", title: "Kopie-van-een-heel-lange-bestandsnaam-zonder-spaties-uit-de-scanner-2026-09-14-1532.pdf", owner: "Ik", at: new Date("2026-09-14T13:32:00Z"), unread: true, viewHref: "/ontwerp/lezen", downloadHref: "/ontwerp/voorbeeld.pdf", detailsHref: "/ontwerp/lezen" },
]

type Line = { number: string; name: string; kind: string; pages: string; state: "good" | "wait" | "bad"; said: string }
export const employees: Line[] = [
  { number: "1", name: "Bakker, N", kind: "Loonstrook", pages: "blz. 1", state: "good", said: "Klaar" },
  { number: "2", name: "Vries, K de", kind: "Loonstrook", pages: "blz. 2", state: "good", said: "Klaar" },
  { number: "4", name: "Berg, M.A. van den", kind: "Loonstrook", pages: "blz. 4-5", state: "good", said: "Klaar" },
  { number: "9", name: "IJsbrandy, J.W.", kind: "Loonstrook", pages: "blz. 11", state: "wait", said: "Nog geen toegang: krijgt een welkomstmail" },
  { number: "–", name: "Niet toegewezen", kind: "–", pages: "blz. 17", state: "bad", said: "Twee werknemers passen: kies er een" },
]

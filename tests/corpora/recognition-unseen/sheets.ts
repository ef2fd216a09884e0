import type { Person } from "./people.ts"

export type Known = { who: string; kind: "payslip" | "annual-statement"; year: number; period: number | null; mayPark?: true }

/** Whose a page is; "park" when it may be given to nobody; "blank" when it may be parked or go with the page before it. */
export type Truth = Known | "park" | "blank"

/** One page as HTML, and whose it is. */
export type Sheet = { html: string; truth: Truth }

export type PrintedLayout = { name: string; style: string; sheets: Sheet[]; landscape?: true; fourWeeks?: true }

/** A page that is clearly this person's payslip. */
export function slip(person: Person, year: number, period: number, html: string): Sheet {
  return { html, truth: { who: person.number, kind: "payslip", year, period } }
}

/** A page that is clearly this person's annual statement. */
export function statement(person: Person, year: number, html: string): Sheet {
  return { html, truth: { who: person.number, kind: "annual-statement", year, period: null } }
}

/** A page that is to be given to nobody. */
export function parked(html: string): Sheet {
  return { html, truth: "park" }
}

/** As 12-04-1990, or with another sign between. */
export function dutch(day: string, sign = "-"): string {
  return day.split("-").toReversed().join(sign)
}

/** J.M. van der Poel */
export function plain(person: Person): string {
  return [person.initials, person.prefix, person.surname].filter(Boolean).join(" ")
}

/** Poel, J.M. van der */
export function sorted(person: Person): string {
  return [`${person.surname},`, person.initials, person.prefix].filter(Boolean).join(" ")
}

export const monthsNl = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]

/** An amount that differs from person to person and from line to line. */
export function money(person: Person, line: number): string {
  const cents = 90_000 + ((Number(person.bsn.slice(3)) * (line + 3)) % 310_000)
  return `${Math.floor(cents / 100_000) || ""}${cents >= 100_000 ? "." : ""}${String(Math.floor((cents % 100_000) / 100)).padStart(3, "0")},${String(cents % 100).padStart(2, "0")}`
}

/** Rows of a table, a name and an amount each. */
export function lines(person: Person, names: readonly string[]): string {
  return names.map((name, index) => `<tr><td>${name}</td><td class=a>${money(person, index)}</td></tr>`).join("")
}

export const wageLines = ["Bruto salaris", "Reiskosten onbelast", "Pensioenpremie werknemer", "WGA-hiaat", "Loonheffing tabel", "Netto loon"]

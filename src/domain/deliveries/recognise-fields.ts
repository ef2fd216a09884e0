import type { PdfPage, PdfPiece } from "#platform/pdf.ts"
import { findBirthDates, findDates, monthNumber } from "./recognise-dates.ts"

/** `weak-number` is a label that other numbers carry too; `someone-else` stands beside people whom the page is not about. */
export type Label =
  | "number" | "weak-number" | "employee" | "name" | "surname" | "initials" | "prefix" | "birth-date" | "bsn" | "year" | "period" | "someone-else" | "other"

/**
 * A label with its value. `isSure` is false where another value stands as near. `more` is the lines under the value, for names that
 * are broken.
 */
export type Field = { label: Label; value: string; more: string; isSure: boolean }

/** What a page says of whom it is about: its labelled values, and the pieces of text that are neither label nor value. */
export type PageFields = { fields: Field[]; loose: { text: string; more: string }[]; hasLabel: (label: Label) => boolean }

const nummer = String.raw`\s?[.-]?\s?(?:nummer|nr|num|number|no|id|code)\b\.?`
const somebody = "werknemer|medewerker|employee"

/** Tried in this order at every place of a piece; each line is a list of alternatives. */
const labels: readonly [Label, ...string[]][] = [
  [
    "other",
    "naam (?:van de |van het )?(?:werkgever|bedrijf|onderneming|bank|inhoudingsplichtige|partner|pensioenfonds)",
    "(?:employer|company|bank)(?:'s)? name|bedrijfsnaam|werkgevers?(?:naam|nummer)|gebruikersnaam|bestandsnaam|volgnummer",
  ],
  [
    "number",
    `(?:personeels?|persoons?|personal|pers|werknemers?|werkn|wkn|wn|w|medewerkers?|medew|mdw|mitarbeiter|employee|emp|staff|personnel)${nummer}`,
    String.raw`(?:nummer|nr\.?|code) (?:van de )?(?:werknemer|medewerker)|(?:numer|nr\.?) (?:pracownika|ewidencyjny)|(?:pers|werkn|medew|mdw)\.(?=\s?:?\s?\d)`,
  ],
  ["weak-number", `(?:stam|loon|salaris|payroll|registratie)${nummer}`],
  [
    "birth-date",
    String.raw`geboorte\s?-?datum|geb(?:oorte)?\.?\s?-?dat(?:um)?\b\.?|geboren(?: op)?|geb\b\.?(?=\s*:?\s*\d)`,
    String.raw`date of birth|birth\s?date|d\.?o\.?b\b\.?|geburtsdatum|data urodzenia`,
  ],
  [
    "bsn",
    String.raw`bsn(?:[ /-]?(?:nummer|nr\b\.?|sofinummer|sofi))?|burger\s?service\s?-?(?:nummer|nr\b\.?)`,
    String.raw`sofi-?(?:nummer|nr\b\.?)|citizen service (?:number|no\.?)`,
  ],
  ["surname", "achternaam|geslachtsnaam|surname|last name|family name"],
  ["initials", String.raw`voorletters?|voorletter\(s\)|initials?|voorna(?:am|men)|roepnaam|(?:first|given) names?`],
  ["prefix", "(?:voor|tussen)voegsels?"],
  ["employee", `(?:naam|name) (?:van de |of )?(?:${somebody})|(?:${somebody})(?:s?naam|'?s? name)?`],
  ["name", "naam|name|nazwisko i imi[ęe]|imi[ęe] i nazwisko"],
  [
    "someone-else",
    "contact(?:persoon|person)?|(?:direct )?leidinggevende|(?:line )?manager|[a-z-]*manager|chef|afdelingshoofd|hoofd [a-z]+",
    "directeur|directie|(?:managing )?director|eigenaar|owner|bedrijfsleider|filiaalleider|team ?leider|team ?leader|supervisor",
    "behandeld door|behandelaar|opgesteld door|opgemaakt door|gemaakt door|prepared by|approved by|voor akkoord",
    "salaris-?administra(?:teur|tie|trice)|loonadministra(?:teur|tie)|payroll (?:administrator|department|officer)|administrateur",
    "accountant|adviseur|relatiebeheerder|namens|hand-?tekening|ondertekend(?: door)?|signature|hr(?:-[a-z]+)?|p&o|vragen|questions",
    "partner|werkgever|inhoudingsplichtige|employer|bedrijf|company",
  ],
  ["year", "(?:loon|belasting|kalender|boek)?jaar|(?:tax )?year"],
  ["period", String.raw`(?:loon)?tijdvak|(?:loon|salaris|verlonings|pay )?perio(?:de|d)|per\.|maand|month`],
  [
    "other",
    "afdeling|functie|department|job title|position|adres|address|straat|postcode|(?:woon)?plaats|iban|rekening(?:nummer)?|bank",
    "datum in dienst|in dienst|uit dienst|start date|datum|date|betaaldatum",
    "loonhef+ingen?s?nummer|salaris|uurloon|burgerlijke staat|tabel|telefoon|tel|e-?mail|week|bruto|netto|gross|net",
  ],
]
/** Labels whose value says nothing of whom a page is about. */
const notOfAPerson = new Set<Label>(["year", "period", "other"])
/** Words that also stand in running text, and are labels only at the start of a piece or with a colon. */
const needStart = new Set<Label>(["employee", "name", "someone-else", "other", "year", "period", "surname", "initials", "prefix", "weak-number"])
const anyLabel = new RegExp(labels.map(([, ...sources], index) => `(?<l${index}>${sources.join("|")})`).join("|"), "giu")

type Found = { label: Label; from: number; to: number }
type Place = { piece: PdfPiece; labels: readonly Found[]; line: number; known: KnownLabels }

/**
 * Pairs labels with values: in the same piece, to the right, under it, or over it. Pure geometry; what a value means is for others to
 * judge.
 */
export function readFields(page: PdfPage, known: KnownLabels = new Map()): PageFields {
  const places = page.lines.flatMap((line, index) =>
    line.pieces.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).map((piece) => ({ piece, labels: labelsIn(piece.text, known), line: index, known })),
  )
  const used = new Set<PdfPiece>()
  const fields: Field[] = []
  const loose: PageFields["loose"] = []
  for (const place of places) {
    const { piece, labels: inside } = place
    const [first] = inside
    if (!first) continue
    used.add(piece)
    loose.push(...toLoose(piece.text.slice(0, first.from), ""))
    for (const [index, found] of inside.entries()) {
      const next = inside[index + 1]
      const [value = "", ...others] = apart(piece.text.slice(found.to, next?.from))
      if (value && (isFit(found.label, value) || next || notOfAPerson.has(found.label))) fields.push({ label: found.label, value, more: next ? "" : under(place, places), isSure: true })
      else if (!next) fields.push(...valuesAround(place, places, found.label, used))
      if (found.label === "someone-else") break
      if (found.label === "number" || found.label === "weak-number") loose.push(...toLoose(value.replace(/^\S+\s*/, ""), ""))
      for (const other of others) loose.push(...toLoose(other, ""))
    }
  }
  for (const place of places) if (!used.has(place.piece)) loose.push(...toLoose(place.piece.text, under(place, places)))
  const seen = new Set(places.flatMap((place) => place.labels.map(({ label }) => label)))
  return { fields, loose, hasLabel: (label) => seen.has(label) }
}

/** A text whole, and its sides where a dash may part two things, as in "Loonstrook maart 2026 - N. Bakker". */
function toLoose(text: string, more: string): PageFields["loose"] {
  return apart(text).flatMap((part, index, all) => {
    const sides = part.split(/\s+[-–—]\s+/)
    return [part, ...(sides.length > 1 ? sides : [])].map((side) => ({ text: side, more: index === all.length - 1 && side === part ? more : "" }))
  })
}

const apart = (text: string) => text.split(/\s*[·|•]\s*/).map(tidy).filter(Boolean)

/** The labels in the pieces of one file: the same words stand on every page. */
export type KnownLabels = Map<string, readonly Found[]>

function labelsIn(text: string, known: KnownLabels): readonly Found[] {
  const before = known.get(text)
  if (before) return before
  const found = findLabels(text)
  known.set(text, found)
  return found
}

function findLabels(text: string): Found[] {
  const found: Found[] = []
  for (const match of text.matchAll(anyLabel)) {
    const from = match.index
    const to = from + match[0].length
    const index = labels.findIndex((_, position) => match.groups?.[`l${position}`] !== undefined)
    const label = labels[index]?.[0]
    const [before, after] = [text.slice(0, from), text.slice(to)]
    if (!label || /[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after)) continue
    const hasColon = /^[\s._…]*[:=]/.test(after)
    const isFirst = /^[\s\p{P}]*$/u.test(before) || /[·|•;]\s*$/u.test(before)
    const isWhole = isFirst && /^[\s.:]*$/.test(after)
    if (needStart.has(label) && !hasColon && !isWhole && !(isFirst && looksLikeValue(label, after))) continue
    found.push({ label, from, to })
  }
  return shortNumber(text) ?? found
}

/** After "Medewerker" a sentence may go on; after "Naam" hardly. A value starts with a capital, a digit or an apostrophe. */
function looksLikeValue(label: Label, after: string): boolean {
  if (label === "other" || label === "year" || label === "period" || label === "someone-else") return !after.startsWith(",")
  return /^[\s.]+(?:[\p{Lu}\p{N}'’]|(?:de|van|den|der|ter|ten|te|el|in|op|von|het|la|le)\b)/u.test(after)
}

/** "Nr." alone says little; only right before or beside digits it counts, as a weak label. */
function shortNumber(text: string): Found[] | undefined {
  const match = /^(?:nr|no|nummer|number)\b\.?:?(?=\s*\d{0,10}$)/i.exec(text)
  return match ? [{ label: "weak-number", from: 0, to: match[0].length }] : undefined
}

function valuesAround(place: Place, places: readonly Place[], label: Label, used: Set<PdfPiece>): Field[] {
  const take = ({ piece, labels: inside }: Place, isSure: boolean): Field[] => {
    used.add(piece)
    const [value = ""] = apart(piece.text.slice(0, inside[0]?.from))
    const own = places.find((other) => other.piece === piece)
    return [{ label, value, more: own ? under(own, places) : "", isSure }]
  }
  const fits = (other: Place | undefined): other is Place => !!other && other.labels[0]?.from !== 0 && isFit(label, other.piece.text)
  const right = places.find((other) => other.line === place.line && other.piece.x > place.piece.x)
  const hasOtherValue = right !== undefined && right.labels[0]?.from !== 0 && (label === "year" || label === "period")
  if (fits(right)) return take(right, true)
  if (hasOtherValue) return []
  const [below, above] = [nearest(place, places, 1), nearest(place, places, -1)]
  const isBelow = fits(below)
  const isAbove = fits(above)
  if (isBelow && isAbove) {
    const [down, up] = [below.piece.y - place.piece.y, place.piece.y - above.piece.y]
    if (down < 0.8 * up) return take(below, true)
    if (up < 0.8 * down) return take(above, true)
    return [...take(below, false), ...take(above, false)]
  }
  return isBelow ? take(below, true) : isAbove ? take(above, true) : []
}

function isFit(label: Label, text: string): boolean {
  if (label === "number" || label === "weak-number") return /^\s*\p{L}{0,4}[-./]?\d[\p{L}\d./-]{0,14}(?:\s|$)/u.test(text) && findDates(text.trim())[0]?.from !== 0
  if (label === "birth-date") return findBirthDates(text).length > 0
  if (label === "year") return /^\s*20\d\d\s*$/.test(text)
  if (label === "period") return isPeriodValue(text)
  if (label === "bsn") return /\d/.test(text)
  if (label === "employee" || label === "name") return findDates(text)[0]?.from !== 0 && (/\p{L}/u.test(text) || (label === "employee" && /^\d{1,10}$/.test(text)))
  return /\p{L}/u.test(text)
}

/** "7", "07" or "juli", alone or with a year. */
function isPeriodValue(text: string): boolean {
  const [, number, name = ""] = /^\s*(?:(\d{1,2})|(\p{L}{3,})\.?)(?:\s*[-/]?\s*20\d\d)?\s*$/u.exec(text) ?? []
  return number !== undefined || monthNumber(name) !== null
}

/** The year and the period that stand under labels of their own, as one line of text; "" where one is missing or there are two. */
export function labelledPeriod({ fields }: PageFields): string {
  const values = (label: Label) => new Set(fields.filter((field) => field.label === label && field.isSure && isFit(label, field.value)).map(({ value }) => value.trim()))
  const [periods, years] = [values("period"), values("year")]
  const [period = ""] = periods
  if (periods.size !== 1 || (years.size !== 1 && !/20\d\d/.test(period))) return ""
  return /20\d\d/.test(period) ? `Periode ${period}` : `Periode ${period} ${[...years].join("")}`
}

function nearest({ piece }: Place, places: readonly Place[], direction: 1 | -1): Place | undefined {
  const reach = 3 * piece.size
  const ahead = places.filter((other) => {
    const distance = (other.piece.y - piece.y) * direction
    return distance > 0.35 * piece.size && distance <= reach && overlaps(other.piece, piece)
  })
  return ahead.toSorted((a, b) => (a.piece.y - b.piece.y) * direction)[0]
}

const overlaps = (one: PdfPiece, other: PdfPiece) => one.x < other.right + 2 && one.right > other.x - 2

/** What goes on under a value, at most two lines: same left edge, no gap, no label before it on its own line. */
function under(place: Place, places: readonly Place[], lines = 2): string {
  const next = nearest(place, places, 1)
  if (!next || next.labels.length > 0 || next.piece.y - place.piece.y > 1.9 * place.piece.size) return ""
  const startsAlike = Math.abs(next.piece.x - place.piece.x) < 4 || Math.abs(next.piece.x - valueEdge(place)) < 12
  const before = places.filter((other) => other.line === next.line && other.piece.x < next.piece.x && other.labels.length > 0)
  const hasLabelBefore = before.some((other) => !isSecondLine(other, places))
  if (!startsAlike || hasLabelBefore) return ""
  return lines > 1 ? `${next.piece.text}\n${under(next, places, lines - 1)}`.trim() : next.piece.text
}

/** Whether a label is the rest of one on the line above it: "Naam" over "medewerker". */
function isSecondLine(place: Place, places: readonly Place[]): boolean {
  const above = nearest(place, places, -1)
  if (!above) return false
  const text = `${above.piece.text} ${place.piece.text}`
  const [first, second] = labelsIn(text, place.known)
  return first !== undefined && second === undefined && first.to >= text.length
}

/** Where the value starts in a piece that opens with its label, by the share of its letters. */
function valueEdge({ piece, labels: inside }: Place): number {
  const last = inside.at(-1)
  if (!last) return piece.x
  return piece.x + ((piece.right - piece.x) * (last.to + 1)) / piece.text.length
}

const tidy = (text: string) => text.replace(/^[\s:=._…·|•;-]+/u, "").replace(/[\s·|•;:,-]+$/u, "")

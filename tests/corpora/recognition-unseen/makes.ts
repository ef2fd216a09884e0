import { employer, stranger, those } from "./people.ts"
import { dutch, lines, money, parked, plain, slip, sorted, statement, wageLines } from "./sheets.ts"
import type { Person } from "./people.ts"
import type { PrintedLayout } from "./sheets.ts"

/** Two blocks of labels side by side, days from and to under labels of their own. */
const twoBlocks: PrintedLayout = {
  name: "days-under-labels",
  style: "body{font:9px sans-serif}.w{display:flex;gap:40px}td{padding:1px 10px 1px 0;white-space:nowrap}",
  sheets: those("17", "23", "32", "40", "60", "80", "104", "119", "7", "230").map((person) =>
    slip(person, 2026, 2, `<b style="font-size:14px">SALARISSTROOK</b><div class=w><table><tr><td>Werkgever<td>${employer.name}<tr><td>Adres<td>${employer.street}<tr><td>LH-nummer<td>${employer.wageTaxNumber}<tr><td>Periode<td>2<tr><td>Datum van<td>01-02-2026<tr><td>Datum t/m<td>28-02-2026</table>
      <table><tr><td>Werknemer<td>${plain(person)}<tr><td>Personeelsnr<td>${person.number}<tr><td>Geboortedatum<td>${dutch(person.born)}<tr><td>Datum in dienst<td>01-10-2021<tr><td>Burgerlijke staat<td>gehuwd<tr><td>Tabel<td>wit, maand<tr><td>LH-korting<td>ja, per 01-01-2026</table></div><table>${lines(person, wageLines)}</table>`),
  ),
}

/** The person as one line with a number before, the period as year and number. */
const oneLine: PrintedLayout = {
  name: "year-dash-period",
  style: "body{font:11px serif}",
  sheets: [
    ...those("18", "24", "41", "53", "61", "70", "1040", "210", "2026", "232").map((person) => slip(person, 2026, 6, strip(person, person.number))),
    parked(strip(those("18")[0] ?? stranger("901", "X.", "", "Niemand", "1990-01-01"), "24")),
    parked(strip(stranger("902", "B.", "van der", "Poel", "1990-04-12"), "902")),
    parked(strip(stranger("17", "B.", "van der", "Poel", "1993-04-12"), "17")),
  ],
}

function strip(person: Person, number: string): string {
  return `<p>${employer.name}</p><h2>Salarisstrook</h2><p>Periode 2026 - 6 &nbsp;&nbsp;&nbsp;&nbsp; Verwerkt op 22-06-2026</p><p>Medewerker &nbsp; ${number} &nbsp; ${sorted(person)}</p><p>Geb. datum ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>Saldo verlof ultimo mei 2026: 81,5</p>`
}

/** Today's software: a greeting, days as in ISO 8601, English and Dutch through one another. */
const modern: PrintedLayout = {
  name: "greeting-and-iso-days",
  style: "body{font:13px sans-serif;color:#223}",
  sheets: those("17", "19", "31", "52", "71", "104", "201", "211", "231", "00452").map((person) =>
    slip(person, 2026, 4, `<h1>Hoi ${person.first}!</h1><p>Dit is je salarisstrook van april. Vragen? Stel ze aan Anna Bakker.</p><p>${person.first} ${person.prefix} ${person.surname}</p><p>Personeelsnummer ${person.number}</p><p>Geboortedatum ${person.born}</p><p>Periode 2026-04-01 - 2026-04-30</p><table>${lines(person, wageLines)}</table><p>Volgende uitbetaling: 2026-05-25</p>`),
  ),
}

/** Employer and employee as numbers on one line, headings in capitals, the month as "MAAND 07 2026". */
const punchCard: PrintedLayout = {
  name: "employer-and-employee-numbers",
  style: "body{font:10px monospace}pre{margin:0}",
  sheets: those("17", "18", "24", "41", "53", "61", "80", "119", "210", "230").map((person) =>
    slip(person, 2026, 7, `<pre>LOONSPECIFICATIE          MAAND 07 2026          BLAD 1\nWERKGEVER 0031  ${employer.name.toUpperCase()}\nWERKNEMER ${person.number.padStart(6, "0")}  ${[person.surname, person.prefix, person.initials].filter(Boolean).join(" ").toUpperCase()}\nGEBOORTEDATUM ${dutch(person.born)}   IN DIENST 01-11-2016\n\nBRUTO LOON      ${money(person, 0)}\nLOONHEFFING     ${money(person, 1)}\nNETTO           ${money(person, 2)}\n\nCUM. 2026       ${money(person, 3)}</pre>`),
  ),
}

/** Payslips first, then what is the employer's, with a page of totals that names nobody. */
const overviewAfter: PrintedLayout = {
  name: "overview-after-the-payslips",
  style: "body{font:11px sans-serif}",
  sheets: [
    ...those("17", "23", "40", "60", "70", "119").map((person) => slip(person, 2026, 5, `<h2>Loonstrook mei 2026</h2><p>Nr. ${person.number} &nbsp; ${plain(person)}</p><p>Geboortedatum ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table>`)),
    parked(`<h2>Verzameloverzicht mei 2026</h2><table>${those("17", "23", "40").map((person) => `<tr><td>${person.number}<td>${sorted(person)}<td>${money(person, 5)}`).join("")}</table>`),
    parked("<p>Af te dragen loonheffing 14.220,00</p><p>Werkgeverslasten 9.118,20</p>"),
    parked(`<h2>Nieuw in dienst</h2><p>Personeelsnummer 231, ${plain(those("231")[0] ?? stranger("231", "R.", "", "Kramer", "1995-07-26"))}, geboren 26-07-1995</p>`),
  ],
}

/** Statements as a letter, with the year only in a sentence, and copies of older ones. */
const statementLetters: PrintedLayout = {
  name: "statement-letters",
  style: "body{font:12px serif}",
  sheets: those("18", "31", "41", "52", "61", "80", "1040", "A-118", "211", "232").map((person, nth) =>
    statement(person, nth % 4 === 3 ? 2024 : 2025, `<p>${employer.name}</p><p>${person.man ? "Dhr." : "Mevr."} ${sorted(person)}</p><h3>Jaaropgave</h3><p>Hieronder vindt u uw gegevens over het kalenderjaar ${nth % 4 === 3 ? 2024 : 2025}${nth % 4 === 3 ? " (kopie)" : ""}.</p>
      <p>BSN ${person.bsn}</p><p>Geboortedatum ${dutch(person.born)}</p><table>${lines(person, ["Loon loonbelasting/volksverzekeringen", "Ingehouden loonbelasting/premie", "Arbeidskorting", "Werkgeversheffing Zvw"])}</table><p>Dagtekening: 20 januari 2026</p>`),
  ),
}

/** Corrected payslips whose title says so, and four weeks by their week numbers. */
const corrected: PrintedLayout = {
  name: "corrected-in-the-title",
  style: "body{font:12px sans-serif}",
  sheets: those("19", "24", "32", "53", "71", "104", "201", "210", "1", "231").map((person, nth) =>
    slip(person, 2026, 3, `<h2>${nth % 2 ? "Correctie loonstrook maart 2026" : "Loonstrook maart 2026 (gecorrigeerd)"}</h2><p>${sorted(person)}, personeelsnummer ${person.number}</p><p>Geboren: ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>Reeds uitbetaald in april 2026: ${money(person, 7)}. Te verrekenen met mei 2026.</p>`),
  ),
}

const weekly: PrintedLayout = {
  name: "four-weeks-by-week-numbers",
  fourWeeks: true,
  style: "body{font:11px sans-serif}",
  sheets: those("17", "18", "40", "60", "70", "80", "119", "230").flatMap((person) => [
    slip(person, 2026, 9, `<p style="text-align:right">1/2</p><h2>Loonstrook</h2><p>Vierwekenperiode 9, week 33 t/m 36, 2026</p><p>Werknemersnr.: ${person.number}</p><p>Naam: ${person.initials} ${person.surname}${person.prefix && `, ${person.prefix}`}</p><p>Geb.dat.: ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table>`),
    slip(person, 2026, 9, `<p style="text-align:right">2/2</p><h3>Opbouw en reserveringen</h3><table>${lines(person, ["Vakantietoeslag", "ATV", "Spaarloon"])}</table>`),
  ]),
}

/** Made after recognition was mended, to judge it once more by what it had not met. */
export const makes: PrintedLayout[] = [twoBlocks, oneLine, modern, punchCard, overviewAfter, statementLetters, corrected, weekly]

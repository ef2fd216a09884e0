import { employer, people, stranger, those } from "./people.ts"
import { dutch, lines, money, parked, plain, slip, sorted, statement, wageLines } from "./sheets.ts"
import type { Person } from "./people.ts"
import type { PrintedLayout, Sheet } from "./sheets.ts"

const blank: Sheet = { html: "", truth: "blank" }

const fourWeekly: PrintedLayout = {
  name: "four-weeks-with-a-second-sheet",
  fourWeeks: true,
  style: "body{font:11px sans-serif}.p{text-align:right}",
  sheets: those("17", "19", "32", "41", "60", "70", "210").flatMap((person) => [
    slip(person, 2026, 7, `<p class=p>Pagina 1 van 2</p><h2>Loonspecificatie periode 7 (29-06 t/m 26-07) 2026</h2><p>Wn.nr ${person.number} &nbsp; ${sorted(person)} &nbsp; geb. ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>Volgende periode: 8 (27-07 t/m 23-08)</p>`),
    slip(person, 2026, 7, `<p class=p>Pagina 2 van 2</p><h3>Cumulatieven t/m periode 7</h3><table>${lines(person, ["Loon SV", "Loon LH", "Arbeidskorting", "Vakantiegeld"])}</table><p>${employer.name}</p>`),
  ]),
}

const overviewRow = (person: Person): string => `<tr><td>${person.number}</td><td>${sorted(person)}</td><td>${dutch(person.born)}</td><td class=a>${money(person, 5)}</td></tr>`

/** A client's whole month, the employer's as a whole: a cover, lists of everybody, payslips between, and totals that end on a few people. */
const wholeMonth: PrintedLayout = {
  name: "payslips-inside-a-series-overview",
  style: "body{font:11px sans-serif}td{padding:1px 9px}",
  sheets: [
    parked(`<h1>Serie-overzicht juli 2026</h1><p>${employer.name}</p><p>Contactpersoon: A. Bakker</p><p>Aantal werknemers: 30</p>`),
    parked(`<h2>Verzamelloonstaat juli 2026</h2><table>${people.slice(0, 25).map(overviewRow).join("")}</table>`),
    parked(`<h2>Verzamelloonstaat juli 2026 (vervolg)</h2><table>${people.slice(25).map(overviewRow).join("")}</table>`),
    ...those("18", "23", "24", "40", "52", "61", "71", "1040").map((person) => parked(`<h2>Loonstrook</h2><p>${employer.name} &nbsp; Maand 07-2026</p><p>${person.number} ${plain(person)} (${dutch(person.born)})</p><table>${lines(person, wageLines)}</table>`)),
    parked(`<h2>Betaallijst lonen juli 2026</h2><table>${those("18", "23").map((person) => `<tr><td>${plain(person)}</td><td>${money(person, 5)}</td></tr>`).join("")}</table>`),
    parked(`<h2>Mutaties juli 2026</h2><p>Uit dienst deze maand</p><table>${those("201").map(overviewRow).join("")}</table><p>Totaal 1 werknemer</p>`),
    parked(`<h2>Journaalpost juli 2026</h2><table><tr><td>4000</td><td>Lonen</td><td>81.223,10</td></tr><tr><td>1510</td><td>Netto lonen D. de Jong voorschot</td><td>250,00</td></tr></table>`),
    ...those("104", "230").map((person) => parked(`<h2>Loonstrook</h2><p>${employer.name} &nbsp; Maand 07-2026</p><p>${person.number} ${plain(person)} (${dutch(person.born)})</p><table>${lines(person, wageLines)}</table>`)),
    parked(`<h2>Recapitulatie juli 2026</h2><table><tr><td>Totaal bruto</td><td>81.223,10</td></tr><tr><td>Totaal netto</td><td>61.002,77</td></tr></table>`),
  ],
}

/** Statements of last year, and payslips of two years, in one file. */
const mixed: PrintedLayout = {
  name: "statements-and-payslips-in-one",
  style: "body{font:12px serif}b{display:inline-block;width:180px;font-weight:normal}",
  sheets: those("17", "24", "53", "60", "80").flatMap((person) => [
    statement(person, 2025, `<h2>Jaaropgaaf 2025</h2><p><b>Werknemer</b>${sorted(person)}</p><p><b>Burgerservicenummer</b>${person.bsn.replace(/(\d{4})(\d{2})(\d{3})/, "$1.$2.$3")}</p><p><b>Loon voor loonheffingen</b>${money(person, 2)}</p><p><b>Ingehouden loonheffing</b>${money(person, 3)}</p><p><b>Loonheffingsnummer</b>${employer.wageTaxNumber}</p><p>Middelburg, 15 januari 2026</p>`),
    slip(person, 2025, 12, `<h2>Loonstrook december 2025</h2><p><b>Personeelsnummer</b>${person.number}</p><p><b>Naam</b>${plain(person)}</p><table>${lines(person, wageLines)}</table><p>De jaaropgaaf 2025 ontvangt u in januari 2026.</p>`),
    slip(person, 2026, 1, `<h2>Loonstrook januari 2026</h2><p><b>Personeelsnummer</b>${person.number}</p><p><b>Naam</b>${plain(person)}</p><table>${lines(person, wageLines)}</table><p>Loonheffingskorting toegepast sinds 01-12-2025.</p>`),
  ]),
}

/** Up to four pages each, the later ones without any name, and blank backs between. */
const continued: PrintedLayout = {
  name: "continued-on-unnamed-pages",
  style: "body{font:11px sans-serif}h4{border-top:1px solid}",
  sheets: those("18", "31", "52", "70").flatMap((person, nth) => [
    slip(person, 2026, 6, `<h2>Loonstrook juni 2026</h2><p>Personeelsnummer ${person.number}, ${plain(person)}, ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>Zie vervolgblad</p>`),
    slip(person, 2026, 6, `<h4>Vervolg loonstrook - blad 2</h4><table>${lines(person, ["Onregelmatigheid", "Consignatie", "Maaltijden", "Subtotaal"])}</table>`),
    slip(person, 2026, 6, `<h4>Cumulatieven 2026 - blad 3</h4><table>${lines(person, ["Loon LH", "Loonheffing", "Arbeidskorting"])}</table>`),
    ...(nth % 2 ? [blank] : [slip(person, 2026, 6, `<h4>Verlof en verzuim - blad 4</h4><p>Saldo begin 2026: 120 uur. Opgenomen: 17 uur. Saldo: 103 uur.</p>`)]),
  ]),
}

const outsider = stranger("17", "A.", "", "Klaassen", "1971-04-04")
const elsewhere = stranger("612", "V.", "", "Groen", "1990-04-12")

/** A person who left before the portal, pages of another employer, and pages that say two things. */
const notOurs: PrintedLayout = {
  name: "not-ours-and-not-sure",
  style: "body{font:11px sans-serif}i{font-style:normal;margin-right:30px}",
  sheets: [
    ...those("17", "41", "61", "119", "211").map((person) => slip(person, 2026, 4, ours(person))),
    parked(ours(elsewhere)),
    parked(`<h4>Vervolg - blad 2</h4><table>${lines(elsewhere, ["Toeslag", "Subtotaal"])}</table>`),
    ...those("18").map((person) => slip(person, 2026, 4, ours(person))),
    parked(ours(outsider, "Bakkerij Zonneveld V.O.F.", "999991644L01")),
    parked(ours({ ...outsider, number: "18" })),
    parked(ours({ ...those("19")[0] ?? outsider, number: "18" })),
    parked(ours({ ...those("23")[0] ?? outsider, initials: "", born: "" , number: "" })),
    ...those("230").map((person) => slip(person, 2026, 4, ours(person))),
    parked(ours({ ...those("52")[0] ?? outsider, number: "53" })),
  ],
}

function ours(person: Person, name = employer.name, wageTaxNumber = employer.wageTaxNumber): string {
  return `<h3>Salarisstrook april 2026</h3><p>${name} (${wageTaxNumber})</p><p><i>Nr: ${person.number}</i><i>Naam: ${plain(person)}</i><i>Geboren: ${dutch(person.born)}</i></p><table>${lines(person, wageLines)}</table>`
}

/** More than one page a person, or more than one thing in a file. */
export const series: PrintedLayout[] = [fourWeekly, wholeMonth, mixed, continued, notOurs]

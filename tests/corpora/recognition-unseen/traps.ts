import { employer, stranger, those } from "./people.ts"
import { dutch, lines, parked, plain, slip, sorted, wageLines } from "./sheets.ts"
import type { Person } from "./people.ts"
import type { PrintedLayout, Sheet } from "./sheets.ts"

function page(rows: string[], person: Person, names: readonly string[] = wageLines): string {
  return `${rows.map((row) => `<p>${row}</p>`).join("")}<table>${lines(person, names)}</table>`
}

const nobody = stranger("903", "X.", "", "Niemand", "1990-01-01")
const pick = (number: string): Person => those(number)[0] ?? nobody
const given = (person: Person): string[] => [`Personeelsnummer ${person.number}`, `Naam ${plain(person)}`, `Geboortedatum ${dutch(person.born)}`]

/** Pages on which one thing is another's: a slip of the pen, a mix-up, a page of two. */
const mixedUp: PrintedLayout = {
  name: "one-thing-is-anothers",
  style: "body{font:11px sans-serif}",
  sheets: [
    parked(page(["<b>Loonstrook juli 2026</b>", "Personeelsnummer 17", "Naam A. Bakker", "Geboortedatum 12-04-1990"], pick("17"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "Nr. 17", "Naam A. Bakker", "Geboortedatum 03-02-1985"], pick("17"))),
    parked(page(["<b>Loonstrook juli 2026</b>", `BSN ${pick("31").bsn}`, "Naam S. de Vries", "Geboortedatum 30-11-1988"], pick("31"))),
    parked(page(["<b>Loonstrook juli 2026</b>", `BSN ${pick("31").bsn}`, "Personeelsnummer 32"], pick("31"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "23 P. Visser 09-05-1961", "24 P. Visser 09-05-1990"], pick("23"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "Personeelsnummer 23", "P. Visser", "geboren 09-05-1990"], pick("23"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "J. van den Berg", "geboren 16-06-1984"], pick("210"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "D. Jong", "geboren 07-07-1980"], pick("104"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "Personeelsnummer 104", "D. Jong", "geboren 01-04-1999"], pick("104"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "Personeelsnummer 018", "Naam I. Bakker"], pick("18"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "Personeelsnummer 17 18", "Bakker"], pick("18"))),
    parked(page(["<b>Loonstrook juli 2026</b>", ...given(stranger("231", "B.", "", "Kramer", "1996-07-26"))], pick("18"))),
    parked(page(["<b>Payslip July 2026</b>", "Employee: Anna Bakker", "Employee ID: 19", "Date of birth: 14 Sep 1972"], pick("18"))),
    parked(page(["<b>Loonstrook juli 2026</b>", "Werknemer 1 van 30", "Geboortedatum 24-12-1959", "G. Muller"], pick("1"))),
    ...those("18", "31", "24").map((person) => slip(person, 2026, 7, page(["<b>Loonstrook juli 2026</b>", ...given(person)], person))),
  ],
}

const titled = (title: string, person: Person): string => page([title, ...given(person)], person)

/** The period a page is of, among others that it names, with more than one way to be wrong. */
const whichPeriod: PrintedLayout = {
  name: "which-period-of-many",
  style: "body{font:11px sans-serif}",
  sheets: [
    ...those("17").map((person) => slip(person, 2026, 3, titled("<b>Loonstrook</b> &nbsp; Periode 3 2026 &nbsp; (uitbetaald april 2026)", person))),
    ...those("18").map((person) => slip(person, 2026, 12, titled("<b>Salarisspecificatie december 2026</b> &nbsp; uitbetaling januari 2027", person))),
    ...those("19").map((person) => slip(person, 2025, 12, titled("<b>Loonstrook december 2025</b></p><p>Correctie op: november 2025, oktober 2025</p><p>Nabetaling tijdvak 10", person))),
    ...those("40").map((person) => slip(person, 2026, 5, titled("<b>Loonstrook</b></p><p>Loontijdvak: 01-05-2026 t/m 31-05-2026</p><p>Contract: 01-01-2026 t/m 31-12-2026", person))),
    ...those("41").map((person) => slip(person, 2026, 8, titled("<b>Loonstrook</b></p><p>Jaar: 2026 &nbsp; Maand: 8 &nbsp; Vorige maand: 7", person))),
    ...those("52").map((person) => slip(person, 2026, 5, titled("<b>Loonstrook mei 2026</b></p><p>Vakantiegeld over juni 2025 t/m mei 2026", person))),
    ...those("53").map((person) => slip(person, 2026, 2, titled("<b>Loonstrook februari 2026</b></p><p>Proeftijd 2 maanden, contract tot 1 september 2026", person))),
    ...those("60").map((person) => slip(person, 2026, 9, titled("<b>Loonstrook 09/2026</b></p><p>Verzuimd: 03-08-2026 t/m 30-08-2026", person))),
    ...those("70").map((person) => slip(person, 2026, 1, titled("<b>Loonstrook</b></p><p>Tijdvak jan. 2026</p><p>Jaaropgave 2025 volgt in februari 2026", person))),
    ...those("80").map((person) => slip(person, 2026, 6, titled("<b>LOONSTROOK</b></p><p>Boekjaar 2026, periode 06, strook 1 van 1</p><p>Stand verlof per 31 december 2025", person))),
  ],
}

const others = those("17", "31", "52", "104", "210", "230", "41", "60")

/** What lies between payslips in a real folder: letters, a blank form, a page of another's second half. */
const between: PrintedLayout = {
  name: "what-lies-between-payslips",
  style: "body{font:12px serif}",
  sheets: others.flatMap((person, nth): Sheet[] => [
    slip(person, 2026, 7, page(["<b>Loonstrook juli 2026</b>", `${sorted(person)} (${person.number})`, `geb. ${dutch(person.born)}`, `${employer.name} &nbsp; Pagina 1 van 1`], person)),
    ...([
      [parked("<h3>Aan alle medewerkers</h3><p>Het kantoor is gesloten op 15 augustus 2026.</p><p>Groet, A. Bakker</p>")],
      [parked(page(["<b>Pagina 2 van 2</b>", "Vervolg"], person, ["Subtotaal", "Toeslag"]))],
      [parked("<h3>Wijziging persoonsgegevens</h3><p>Naam: ............ Geboortedatum: ............ Personeelsnummer: ............</p>")],
      [parked("<h3>Loonkosten per kostenplaats</h3><p>Kostenplaats 40: 12.881,20</p><p>Kostenplaats 41: 9.001,00</p>")],
    ][nth] ?? []),
  ]),
}

/** Made last, after all mending: where it would be easiest to give a page to the wrong one. */
export const traps: PrintedLayout[] = [mixedUp, whichPeriod, between]

import { employer, those } from "./people.ts"
import { dutch, lines, money, plain, slip, sorted, statement } from "./sheets.ts"
import type { PrintedLayout } from "./sheets.ts"

const english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

function spoken(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-")
  return `${date} ${english[Number(month) - 1]} ${year}`
}

const payslip: PrintedLayout = {
  name: "payslip-in-english",
  style: "body{font:11px sans-serif}td{padding:2px 12px}",
  sheets: those("17", "18", "41", "52", "60", "61", "70", "71", "2026", "231", "230").map((person) =>
    slip(person, 2026, 7, `<h1>Payslip</h1><p>Confidential</p><table><tr><td>Employee ID<td>${person.number}<td>Pay period<td>01 Jul 2026 – 31 Jul 2026</tr>
      <tr><td>Employee<td>${person.surname}, ${person.prefix ? `${person.prefix}, ` : ""}${person.initials} (${person.man ? "Mr" : "Ms"})<td>Payment date<td>24 Jul 2026</tr>
      <tr><td>Date of birth<td>${spoken(person.born)}<td>Start date<td>01 Mar 2019</tr><tr><td>Tax year<td>2026<td>Wage tax no.<td>${employer.wageTaxNumber}</tr></table>
      <table>${lines(person, ["Gross salary", "Travel allowance", "Pension employee", "Wage tax", "Net pay"])}</table><p>Year to date: ${money(person, 7)}</p><p>Your HR contact: Ingrid Bakker</p>`),
  ),
}

const annual: PrintedLayout = {
  name: "annual-statement-in-english",
  style: "body{font:12px serif}dt{float:left;clear:left;width:230px}",
  sheets: those("19", "23", "40", "53", "80", "104", "119", "201", "211", "232").map((person) =>
    statement(person, 2025, `<h2>ANNUAL STATEMENT 2025</h2><p>${employer.name}, ${employer.street}, ${employer.city}<br>Printed 14 January 2026</p>
      <dl><dt>Name<dd>${person.initials} ${person.prefix} ${person.surname}<dt>Citizen service number (BSN)<dd>${person.bsn.replace(/(\d{3})(\d{3})(\d{3})/, "$1 $2 $3")}<dt>Date of birth<dd>${dutch(person.born, "/")}<dt>Employed<dd>01/01/2025 - 31/12/2025
      <dt>Taxable wage<dd>${money(person, 1)}<dt>Wage tax withheld<dd>${money(person, 2)}<dt>Employed person's tax credit<dd>${money(person, 3)}<dt>Wage tax number of employer<dd>${employer.wageTaxNumber}</dl>`),
  ),
}

const german: PrintedLayout = {
  name: "entgeltabrechnung",
  style: "body{font:11px sans-serif}.k{position:absolute;right:40px;top:40px;text-align:right}",
  sheets: those("17", "24", "31", "53", "71", "80", "104", "1040", "210", "1").map((person) =>
    slip(person, 2026, 3, `<div class=k>Personal-Nr. ${person.number}<br>Geb.-Datum ${dutch(person.born, ".")}<br>Eintritt 01.03.2019<br>Steuerklasse 1<br>BSN ${person.bsn}</div><h2>Entgeltabrechnung</h2><p>Abrechnung für März 2026</p>
      <p>${person.man ? "Herrn" : "Frau"}<br>${plain(person)}<br>Lange Straße 5<br>D-47533 Kleve</p><table>${lines(person, ["Gehalt", "Fahrtkosten", "Lohnsteuer", "Rentenversicherung", "Auszahlungsbetrag"])}</table>
      <p>${employer.name} · Steuernummer ${employer.wageTaxNumber} · Abrechnung erstellt am 27.03.2026 · Sachbearbeiterin: I. Bakker</p>`),
  ),
}

const polish: PrintedLayout = {
  name: "pasek-placowy",
  style: "body{font:11px sans-serif}table{border:1px solid}",
  sheets: those("18", "19", "60", "61", "70", "119", "230", "231", "2026").map((person) =>
    slip(person, 2026, 5, `<h2>Pasek płacowy / Loonstrook</h2><p>Okres: maj 2026 (periode 5)</p><p>Nazwisko i imię: <b>${person.surname} ${person.prefix} ${person.initials}</b></p><p>Numer pracownika / personeelsnummer: <b>${person.number}</b> &nbsp; Data urodzenia: ${dutch(person.born, ".")}</p>
      <table>${lines(person, ["Wynagrodzenie brutto", "Dodatek", "Podatek", "Do wypłaty netto"])}</table><p>Pracodawca: ${employer.name}, LHNR ${employer.wageTaxNumber}, IBAN ${employer.iban}. Data wypłaty: 29-05-2026</p>`),
  ),
}

const bilingual: PrintedLayout = {
  name: "two-languages-side-by-side",
  style: "body{font:10px sans-serif}section{columns:2}h3{column-span:all}",
  sheets: those("23", "32", "40", "41", "52", "7", "A-118", "00452", "211", "232").map((person, nth) =>
    slip(person, 2026, nth + 1, `<h3>Salarisstrook / Salary slip ${nth + 1}-2026</h3><p>Naam / Name<br>${sorted(person)}</p><p>Personeelsnummer / Employee number<br>${person.number}</p><p>Geboortedatum / Date of birth<br>${dutch(person.born)}</p><p>Periode / Period<br>${nth + 1} 2026</p>
      <table>${lines(person, ["Salaris / Salary", "Loonheffing / Wage tax", "Netto / Net"])}</table><p>Werkgever / Employer<br>${employer.name}</p>`),
  ),
}

/** Employers whose people read another language. */
export const abroad: PrintedLayout[] = [payslip, annual, german, polish, bilingual]

import { degrees, PDFDocument, StandardFonts } from "pdf-lib"
import { employer, those } from "./people.ts"
import { dutch, money, plain, sorted } from "./sheets.ts"
import type { PDFFont, PDFPage } from "pdf-lib"
import type { Person } from "./people.ts"
import type { Known, Truth } from "./sheets.ts"

export type DrawnLayout = { name: string; people: Person[]; truths: Truth[]; draw: (page: PDFPage, font: PDFFont, person: Person) => void }

const known = (kind: Known["kind"], year: number, period: number | null) => (person: Person): Known => ({ who: person.number, kind, year, period })

/** The PDF of a layout that is drawn word by word. */
export async function drawLayout(layout: DrawnLayout): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setCreationDate(new Date(0))
  pdf.setModificationDate(new Date(0))
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const person of layout.people) layout.draw(pdf.addPage([595, 842]), font, person)
  return pdf.save()
}

const latin = those("17", "18", "19", "23", "24", "31", "41", "52", "53", "70", "104", "210")

/** Every letter is a word of its own, headings widely spaced. */
const letterByLetter: DrawnLayout = {
  name: "letter-by-letter",
  people: latin,
  truths: latin.map(known("payslip", 2026, 7)),
  draw: (page, font, person) => {
    const put = (text: string, x: number, y: number, size: number, extra: number): void => {
      let at = x
      for (const letter of text) {
        if (letter !== " ") page.drawText(letter, { x: at, y, size, font })
        at += font.widthOfTextAtSize(letter, size) + extra
      }
    }
    put("LOONSTROOK", 60, 780, 18, 9)
    put(employer.name, 60, 750, 9, 0)
    put("Personeelsnummer", 60, 720, 9, 0.2)
    put(person.number, 200, 720, 9, 0.2)
    put("Naam", 60, 706, 9, 0.2)
    put(plain(person), 200, 706, 9, 0.2)
    put("Geboortedatum", 60, 692, 9, 0.2)
    put(dutch(person.born), 200, 692, 9, 0.2)
    put("Periode", 60, 678, 9, 0.2)
    put("juli 2026", 200, 678, 9, 0.2)
    put("Netto", 60, 640, 9, 0.2)
    put(money(person, 5), 200, 640, 9, 0.2)
  },
}

/** All values first, from the bottom up, then all labels: read as drawn it makes no sense. */
const valuesBeforeLabels: DrawnLayout = {
  name: "values-before-labels",
  people: latin,
  truths: latin.map(known("payslip", 2026, 4)),
  draw: (page, font, person) => {
    const rows = [["Werkgever", employer.name], ["Werknemer", sorted(person)], ["Personeelsnr", person.number], ["Geb.datum", dutch(person.born)], ["Tijdvak", "april"], ["Jaar", "2026"], ["Uren", "160"], ["Loonheffingennr", employer.wageTaxNumber], ["Netto", money(person, 5)]]
    const bottomUp = rows.map(([label = "", value = ""], row) => ({ label, value, y: 740 - row * 18 })).toReversed()
    for (const { value, y } of bottomUp) page.drawText(value, { x: 220, y, size: 10, font })
    for (const { label, y } of bottomUp) page.drawText(label, { x: 60, y, size: 10, font })
    page.drawText("Salarisspecificatie", { x: 60, y: 790, size: 16, font })
  },
}

/** A page on its side, with numbers of the employer upright in its margin. */
const onItsSide: DrawnLayout = {
  name: "on-its-side",
  people: latin,
  truths: latin.map(known("payslip", 2026, 11)),
  draw: (page, font, person) => {
    page.setRotation(degrees(90))
    const rows = ["Loonstrook november 2026", `Medewerker ${person.number}   ${plain(person)}`, `Geboren ${dutch(person.born)}   BSN ${person.bsn.replace(/(\d{3})(\d{3})(\d{3})/, "$1.$2.$3")}`, `Netto ${money(person, 4)}`]
    rows.forEach((text, row) => page.drawText(text, { x: 80 + row * 22, y: 90, size: 11, font, rotate: degrees(90) }))
    page.drawText(`${employer.name} 999990020L01 KvK ${employer.chamber} juli 2024 v3.17`, { x: 40, y: 780, size: 7, font })
  },
}

const years = those("17", "19", "23", "31", "40", "53", "70", "80", "201", "232")

/** Two columns that each have their own rows; the left one is the employer's, the right one the employee's. */
const twoColumns: DrawnLayout = {
  name: "columns-of-employer-and-employee",
  people: years,
  truths: years.map(known("annual-statement", 2025, null)),
  draw: (page, font, person) => {
    const left = ["INHOUDINGSPLICHTIGE", employer.name, employer.street, employer.city, "Loonheffingennr. 999990020L01", "Contact: A. Bakker", "Tel. 0115-999940"]
    const right = ["WERKNEMER", plain(person).toUpperCase(), "Kerkstraat 17", "4531 AA TERNEUZEN", `BSN ${person.bsn}`, `geb. ${dutch(person.born)}`, ""]
    left.forEach((text, row) => {
      page.drawText(text, { x: 50, y: 760 - row * 14, size: 9, font })
      if (right[row]) page.drawText(right[row], { x: 320, y: 760 - row * 14, size: 9, font })
    })
    page.drawText("J A A R O P G A V E   2 0 2 5", { x: 50, y: 640, size: 14, font })
    page.drawText(`Loon loonbelasting/volksverzekeringen  ${money(person, 1)}`, { x: 50, y: 610, size: 9, font })
    page.drawText("Afgedrukt 09-01-2026", { x: 50, y: 60, size: 7, font })
  },
}

/** What cannot be read or speaks of two people: nothing may be guessed. */
const unreadable: DrawnLayout = {
  name: "unreadable-or-of-two",
  people: those("17", "18", "19", "23", "31"),
  truths: ["park", "park", "park", "park", "park"],
  draw: (page, font, person) => {
    const [other] = those("52")
    if (person.number === "17") page.drawRectangle({ x: 50, y: 500, width: 300, height: 200 })
    if (person.number === "18") page.drawText("\u00a5\u00a7\u00b6 \u00d8\u00de\u00f0 \u00b1\u00b2\u00b3", { x: 50, y: 700, size: 12, font })
    if (person.number === "19") page.drawText(`Loonstrook juli 2026 ${plain(person)} ${dutch(person.born)} en ${other ? `${plain(other)} ${dutch(other.born)}` : ""}`, { x: 50, y: 700, size: 9, font })
    if (person.number === "23") page.drawText(`Loonstrook juli 2026 personeelsnummer 23 / personeelsnummer 24 P. Visser`, { x: 50, y: 700, size: 10, font })
    if (person.number === "31") page.drawText(`Loonstrook juli 2026 personeelsnummer 31 S. de Vries 30-11-1988`, { x: 50, y: 700, size: 10, font })
  },
}

/** Layouts that no browser would print. */
export const drawn: DrawnLayout[] = [letterByLetter, valuesBeforeLabels, onItsSide, twoColumns, unreadable]

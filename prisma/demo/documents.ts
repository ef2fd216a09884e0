import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from "pdf-lib"
import { letterName } from "#policy/person-name.ts"
import type { DemoEmployer, DemoPerson } from "./people.ts"

const months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"] as const
const ink = rgb(0.14, 0.11, 0.12)
const soft = rgb(0.38, 0.33, 0.36)

type Line = readonly [label: string, value: string]

/** A payslip of one person, as a PDF of one page. The amounts are invented and the same every time. */
export async function payslip(employer: DemoEmployer, person: DemoPerson, year: number, month: number): Promise<Uint8Array> {
  return sheets([payslipSheet(employer, person, year, month)])
}

/** The payslips of several people in one PDF, as a payroll package makes it. */
export async function payslips(employer: DemoEmployer, people: readonly DemoPerson[], year: number, month: number): Promise<Uint8Array> {
  return sheets(people.map((person) => payslipSheet(employer, person, year, month)))
}

/** An annual statement of one person. */
export async function annualStatement(employer: DemoEmployer, person: DemoPerson, year: number): Promise<Uint8Array> {
  const gross = grossOf(person) * 12
  const lines: Line[] = [...personLines(person), ["BSN", person.bsn], ["Loon loonheffing", euro(gross)], ["Ingehouden loonheffing", euro(gross * 0.24)]]
  return sheets([{ title: `Jaaropgave ${year}`, under: employer.name, lines }])
}

/** A document for the employer itself: title, and one line a person. */
export async function employerDocument(title: string, employer: DemoEmployer, year: number, month: number): Promise<Uint8Array> {
  const lines = employer.people.map((person): Line => [`${person.number}  ${nameOf(person)}`, euro(grossOf(person) * 0.76)])
  return sheets([{ title: `${title} ${months[month - 1]} ${year}`, under: `${employer.name} - loonheffingennummer ${employer.wageTaxNumber}`, lines }])
}

/** A one-page letter, for own files. */
export async function letter(title: string, text: string): Promise<Uint8Array> {
  return sheets([{ title, under: text, lines: [] }])
}

type Sheet = { title: string; under: string; lines: readonly Line[] }

function payslipSheet(employer: DemoEmployer, person: DemoPerson, year: number, month: number): Sheet {
  const gross = grossOf(person) + ((month * 37) % 90)
  const lines: Line[] = [
    ...personLines(person),
    ["Periode", `${months[month - 1]} ${year}`],
    ["Bruto loon", euro(gross)],
    ["Loonheffing", euro(gross * 0.24)],
    ["Netto loon", euro(gross * 0.76)],
  ]
  return { title: `Loonstrook ${months[month - 1]} ${year}`, under: `${employer.name}, ${employer.street}, ${employer.city}`, lines }
}

function personLines(person: DemoPerson): Line[] {
  const [year, month, day] = person.birthDate.split("-")
  return [["Personeelsnummer", person.number], ["Naam", nameOf(person)], ["Geboortedatum", `${day}-${month}-${year}`]]
}

function nameOf(person: DemoPerson): string {
  return letterName(person)
}

function grossOf(person: DemoPerson): number {
  return 2100 + ((Number(person.number) * 173) % 2600)
}

function euro(amount: number): string {
  return `€ ${amount.toLocaleString("nl-NL", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

async function sheets(all: readonly Sheet[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const [plain, bold] = [await pdf.embedFont(StandardFonts.Helvetica), await pdf.embedFont(StandardFonts.HelveticaBold)]
  for (const sheet of all) drawSheet(pdf.addPage([595, 842]), sheet, plain, bold)
  return pdf.save()
}

function drawSheet(page: PDFPage, { title, under, lines }: Sheet, plain: PDFFont, bold: PDFFont): void {
  page.drawText(title, { x: 60, y: 760, size: 22, font: bold, color: ink })
  page.drawText(under, { x: 60, y: 736, size: 11, font: plain, color: soft })
  lines.forEach(([label, value], index) => {
    const y = 690 - index * 22
    page.drawText(label, { x: 60, y, size: 11, font: plain, color: soft })
    page.drawText(value, { x: 260, y, size: 11, font: plain, color: ink })
    page.drawLine({ start: { x: 60, y: y - 7 }, end: { x: 535, y: y - 7 }, thickness: 0.5, color: rgb(0.9, 0.87, 0.84) })
  })
}

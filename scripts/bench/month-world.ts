import { randomBytes } from "node:crypto"
import pg from "pg"
import sharp from "sharp"
import type { Viewer } from "#policy/viewer.ts"
import { openBrowser } from "../../tests/support/browser.ts"
import { bringIn, makeClient } from "../../tests/support/house.ts"

/** A client whose month comes in: the one PDF that its payroll package made, a page for each of its people. */
export type ClientOfMonth = { employerId: string; bytes: Uint8Array }

/** Makes clients of an office with `each` people, who all have an account, and prints a month of payslips for every one of them. */
export async function makeMonth(office: Viewer, ownerUrl: string, clients: number, each: number): Promise<ClientOfMonth[]> {
  const made: ClientOfMonth[] = []
  const browser = await openBrowser()
  const page = await browser.newPage()
  const logo = await noisyLogo()
  for (let client = 1; client <= clients; client += 1) {
    const wageTaxNumber = `999990020L${String(client).padStart(2, "0")}`
    const employerId = await makeClient(office, wageTaxNumber)
    const people = Array.from({ length: each }, (_, index) => personOf(client, index + 1))
    await bringIn(office, employerId, "csv", new TextEncoder().encode(["nummer;voorletters;achternaam;geboortedatum;email", ...people.map(rowOf)].join("\n")))
    await page.setContent(`${style}${people.map((person) => payslipOf(person, wageTaxNumber, logo)).join("")}`)
    made.push({ employerId, bytes: new Uint8Array(await page.pdf({ format: "A4" })) })
  }
  await browser.close()
  await giveAccounts(ownerUrl)
  return made
}

type Person = { number: number; initials: string; surname: string; birthDate: string; email: string; net: number }

const surnames = ["Vlasbek", "Zeewier", "Molenaar", "Kruidenier", "Wolkenveld", "Hagedoorn", "Ijsvogel", "Bramenstruik", "Lindeman", "Waterlelie"]
const two = (value: number) => String(value).padStart(2, "0")

function personOf(client: number, number: number): Person {
  const birthDate = `${two(1 + (number % 28))}-${two(1 + (number % 12))}-${1960 + (number % 40)}`
  const surname = `${surnames[number % surnames.length]}${"abcdefghijklmnopqrst"[Math.floor(number / surnames.length) % 20]}`
  return { number: 1000 + number, initials: String.fromCharCode(65 + (number % 26)), surname, birthDate, email: `w${number}@client${client}.test`, net: 1500 + number }
}

const rowOf = ({ number, initials, surname, birthDate, email }: Person) => [number, initials, surname, birthDate, email].join(";")

const style = `<style>body{font:10pt sans-serif}section{break-after:page}section:last-child{break-after:auto}img{display:block;width:40mm;height:18mm}td{width:60mm}</style>`

function payslipOf({ number, initials, surname, birthDate, net }: Person, wageTaxNumber: string, logo: string): string {
  const lines = {
    Loonheffingennummer: wageTaxNumber, Periode: "3 - maart 2026", Personeelsnummer: number, Naam: `${surname}, ${initials}`, Geboortedatum: birthDate,
    Salaris: `${net * 2},00`, Pensioenpremie: "-100,00", Loonheffing: `-${net - 100},00`, "Netto te betalen": `${net},00`, Uren: 100 + (number % 60),
  }
  return `<section><img src="${logo}"><h1>Loonstrook</h1><table>${Object.entries(lines).map(([label, value]) => `<tr><td>${label}</td><td><b>${value}</b></td></tr>`).join("")}</table></section>`
}

/** A picture that does not get smaller: with it and its fonts a payslip that is cut out weighs some 60 kB, as one with a letterhead does. */
async function noisyLogo(): Promise<string> {
  const [width, height] = [310, 160]
  const jpeg = await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } }).jpeg({ quality: 88 }).toBuffer()
  return `data:image/jpeg;base64,${jpeg.toString("base64")}`
}

/** Everybody was welcomed in an earlier month. */
async function giveAccounts(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(`
    insert into account (id, username, email) select id, contact_email, contact_email from employee where contact_email is not null;
    insert into account_role (id, account_id, party_id) select uuidv7(), id, id from employee where contact_email is not null`)
  await owner.query("vacuum analyze")
  await owner.end()
}

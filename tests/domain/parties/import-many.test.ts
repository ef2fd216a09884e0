import { afterAll, expect, test } from "vitest"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { unseal } from "#platform/secrets.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice } from "../../support/house.ts"
import { longestTurn } from "../../support/longest-turn.ts"

useDatabase()
afterAll(closeDatabase)

const count = 3_000

/** A return for many people: each with a name, a BSN of its own, an address, and sixty amounts that nobody reads. */
function returnFor(street: string): Uint8Array {
  const amounts = Array.from({ length: 60 }, (_, index) => `<Bedrag${index}>${1234 + index}.00</Bedrag${index}>`).join("")
  const incomes = bsns(count).map(
    (bsn, index) =>
      `<InkomstenverhoudingInitieel><NumIV>1</NumIV><DatAanv>2020-01-01</DatAanv><PersNr>${index + 1}</PersNr><NatuurlijkPersoon><SofiNr>${bsn}</SofiNr>` +
      `<Voorl>A</Voorl><SignNm>Naam${index}</SignNm><Gebdat>1980-01-01</Gebdat><AdresBinnenland><Str>${street}</Str><HuisNr>1</HuisNr><Pc>1506ED</Pc>` +
      `<Woonpl>Zaandam</Woonpl></AdresBinnenland></NatuurlijkPersoon><Werknemersgegevens>${amounts}</Werknemersgegevens></InkomstenverhoudingInitieel>`,
  )
  const period = "<DatAanvTv>2026-03-01</DatAanvTv><DatEindTv>2026-03-31</DatEindTv>"
  return new TextEncoder().encode(
    `<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"><AdministratieveEenheid><LhNr>999990020L01</LhNr>` +
      `<TijdvakAangifte>${period}<VolledigeAangifte>${incomes.join("")}</VolledigeAangifte></TijdvakAangifte></AdministratieveEenheid></Loonaangifte>`,
  )
}

/** Invented BSNs: they start with 9999 and pass the eleven test. */
function bsns(wanted: number): string[] {
  const found: string[] = []
  for (let next = 999_900_000; found.length < wanted; next++) {
    const sum = [...String(next)].reduce((total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index), 0)
    if (sum % 11 === 0) found.push(String(next))
  }
  return found
}

test("three thousand people come in and change within the time of a transaction, and hold up nobody", { timeout: 120_000 }, async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const [before, after] = [returnFor("Molenweg"), returnFor("Kerkweg")]
  const mails = new TextEncoder().encode(`nummer;email\n${Array.from({ length: count }, (_, index) => `${index + 1};w${index}@voorbeeld.test\n`).join("")}`)
  const { milliseconds } = await longestTurn(async () => {
    expect(await bringIn(office, employerId, "wage-tax-return", before)).toMatchObject({ added: count, changed: 0 })
    expect(await bringIn(office, employerId, "wage-tax-return", after)).toMatchObject({ added: 0, changed: count })
    expect(await bringIn(office, employerId, "csv", mails)).toMatchObject({ added: 0, changed: count })
    expect(await bringIn(office, employerId, "wage-tax-return", after)).toMatchObject({ added: 0, changed: 0 })
  })
  expect(milliseconds).toBeLessThan(1_000)
  expect(await storedOf(employerId)).toEqual({
    employees: count, streets: ["Kerkweg"], mails: count, bsns: count, dossiers: count, keys: count,
    first: { number: "1", surname: "Naam0", birthDate: new Date("1980-01-01"), bsn: bsns(1)[0] },
  })
})

async function storedOf(employerId: string) {
  return asSystem("operate", async (tx) => {
    const people = await tx.employee.findMany({ where: { employerId }, orderBy: { id: "asc" } })
    const first = people.find(({ number }) => number === "1")
    return {
      employees: people.length,
      streets: [...new Set(people.map(({ street }) => street))],
      mails: new Set(people.map(({ contactEmail }) => contactEmail)).size,
      bsns: new Set(people.map(({ bsnIndex }) => Buffer.from(bsnIndex ?? []).toString("hex"))).size,
      dossiers: await tx.dossier.count({ where: { ownerId: { in: people.map(({ id }) => id) }, employerId } }),
      keys: await tx.dossierKey.count({ where: { dossier: { ownerId: { in: people.map(({ id }) => id) } } } }),
      first: first && {
        number: first.number, surname: first.surname, birthDate: first.birthDate,
        bsn: first.bsnSealed && unseal("bsn", first.bsnSealed, first.id).toString(),
      },
    }
  })
}

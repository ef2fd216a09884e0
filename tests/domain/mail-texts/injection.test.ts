import { afterAll, beforeAll, expect, test } from "vitest"
import { changeMailText } from "#domain/mail-texts/change-text.ts"
import { catalogueWords } from "#messages/mail-texts.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { keptWords, TEXT_KINDS, textLimits } from "#policy/mail-texts.ts"
import { useDatabase } from "../../support/database.ts"
import { today } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { letter, wordsOfSomebody } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})
let house: House
beforeAll(async () => {
  house = await makeHouse()
  const words = { subject: "Van {naam-werkgever}", before: "Dag, {naam-werkgever} hier.", after: "" }
  await changeMailText(house.employer, { kind: "reminder", locale: "nl", version: "", words }, today)
}, 60_000)

const good = wordsOfSomebody("kantoor")
const refusalOf = (given: Partial<typeof good>) => {
  try {
    return keptWords("welcome-employee", { ...good, ...given })
  } catch (error) {
    return error
  }
}

test.each([
  [{ subject: "Dag\r\nBcc: ander@elders.test" }, "mail-subject-line", "subject"],
  [{ subject: "Dag\u2028daar" }, "mail-subject-line", "subject"],
  [{ subject: "Dag \u202eraad" }, "mail-subject-line", "subject"],
  [{ subject: "" }, "field-empty", "subject"],
  [{ subject: "a".repeat(textLimits.subject + 1) }, "mail-text-long", "subject"],
  [{ subject: "Voor {gebruikersnaam}" }, "mail-subject-placeholder", "subject"],
  [{ subject: "Voor {naam}" }, "mail-text-placeholder", "subject"],
  [{ subject: "Zie www.elders.test" }, "mail-text-address", "subject"],
  [{ before: " \n " }, "field-empty", "before"],
  [{ before: "a".repeat(textLimits.before + 1) }, "mail-text-long", "before"],
  [{ before: "Dag {bsn}" }, "mail-text-placeholder", "before"],
  [{ before: "Dag {naam-kantoor" }, "mail-text-placeholder", "before"],
  [{ before: "Dag {{naam-kantoor}}" }, "mail-text-placeholder", "before"],
  [{ before: "Dag {constructor}" }, "mail-text-placeholder", "before"],
  [{ before: "Dag\u0007" }, "mail-text-odd", "before"],
  [{ before: "Klik https://elders.test/inloggen" }, "mail-text-address", "before"],
  [{ before: "Klik op mijnloondossier.nl" }, "mail-text-address", "before"],
  [{ after: "Of elders.test/x" }, "mail-text-address", "after"],
  [{ after: "mailto:ander@elders.test" }, "mail-text-address", "after"],
  [{ after: "a".repeat(textLimits.after + 1) }, "mail-text-long", "after"],
])("%j is refused on saving as %s", (given, code, field) => {
  expect(refusalOf(given)).toMatchObject({ code, details: { field } })
})

test("an unknown placeholder is refused by its name", () => {
  expect(refusalOf({ before: "Dag {voornaam}," })).toMatchObject({ code: "mail-text-placeholder", details: { field: "before", name: "{voornaam}" } })
})

test("a mail address, a company with dots in its name, an empty end and every text of the portal itself are kept", () => {
  expect(refusalOf({ before: "Bakkerij B.V., o.a. voor vragen: loon@kantoor.nl\r\nof 075-1234567 ", after: "" })).toEqual({ ...good, before: "Bakkerij B.V., o.a. voor vragen: loon@kantoor.nl\nof 075-1234567", after: "" })
  for (const kind of TEXT_KINDS) for (const locale of ["nl", "en"] as const) expect(keptWords(kind, catalogueWords(kind, locale))).toEqual(catalogueWords(kind, locale))
})

test("HTML in words and in names is text, and a name with braces or line ends in it stays a name", async () => {
  const words = { subject: "Van {naam-werkgever}", before: "<b onclick=\"x()\">{naam-werkgever}</b>\n\n'Regel een'\nregel twee & {naam-kantoor}", after: "<script>{gebruikersnaam}</script>" }
  await changeMailText(house.employer, { kind: "welcome-employee", locale: "nl", version: "", words }, today)
  await asSystem("operate", (tx) => tx.employer.update({ where: { id: house.employer.partyId }, data: { name: "{naam-kantoor}\r\nBcc: ander@elders.test <i>" } }))
  await asSystem("operate", (tx) => tx.office.update({ where: { id: house.office.partyId }, data: { name: "$& {gebruikersnaam}" } }))
  const { subject, text, html } = await letter(house.employee, "welcome-employee", { partyId: house.employee.partyId, token: "geheim" })
  expect(subject).toBe("Van {naam-kantoor} Bcc: ander@elders.test <i>")
  expect(text).toContain("<b onclick=\"x()\">{naam-kantoor} Bcc: ander@elders.\u2060test <i></b>\n\n'Regel een'\nregel twee & $& {gebruikersnaam}")
  expect(html).toContain("&lt;b onclick=&quot;x()&quot;&gt;{naam-kantoor} Bcc: ander@elders.\u2060test &lt;i&gt;&lt;/b&gt;</p>")
  expect(html).toContain("&#39;Regel een&#39;<br>regel twee &amp; $&amp; {gebruikersnaam}</p>")
  expect(html.replaceAll("<br>", "")).not.toMatch(/<(?!\/?(!doctype|html|head|meta|title|body|div|p|a)\b)/)
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual(["https://portaal.test/welkom#geheim"])
})

test.each([
  ["elders.test", "elders.\u2060test"],
  ["WWW.elders.nl/inloggen", "WWW.\u2060elders.\u2060nl/inloggen"],
  ["www.x.nl", "www.\u2060x.\u2060nl"],
  ["https://elders.test", "https:\u2060//elders.\u2060test"],
  ["mailto:x@y.nl", "mailto:\u2060x@y.\u2060nl"],
  ["kantoor。nl", "kantoor。\u2060nl"],
  ["Bakkerij De Korenmaat B.V.", "Bakkerij De Korenmaat B.V."],
  ["Jansen & Zn. (o.a. loon)", "Jansen & Zn. (o.a. loon)"],
])("the name %s makes no link in a mail, reads the same, and stands plainly in its subject", async (name, broken) => {
  await asSystem("operate", (tx) => tx.employer.update({ where: { id: house.employer.partyId }, data: { name } }))
  const { subject, text, html } = await letter(house.employee, "reminder", { partyId: house.employee.partyId })
  expect(subject).toBe(`Van ${name}`)
  expect(text).toContain(`Dag, ${broken} hier.`)
  expect(html).toContain(`Dag, ${broken.replace("&", "&amp;")} hier.`)
  expect(broken.replaceAll("\u2060", "")).toBe(name)
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { addRole } from "#domain/accounts/add-role.ts"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { confirmAddress } from "#domain/accounts/confirm-address.ts"
import { choosePreferences, viewPreferences } from "#domain/accounts/preferences.ts"
import { changePrivateEmail, viewPrivateEmail } from "#domain/accounts/private-email.ts"
import { insertProvenAddress } from "#domain/accounts/proven-address-repository.ts"
import { viewEmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { confirmAddress as mailToConfirm } from "#mail/confirm-address.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sendOff, startWith, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(closeDatabase)

let office: Viewer
let employerId: string
let employee: Viewer
let colleague: Viewer
const home = "thuis@prive.test"
const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  const [first = "", second = ""] = (await bringInBakers(office, employerId)).values()
  employee = await viewerFor("employee", first)
  colleague = await viewerFor("employee", second)
})
beforeEach(() => asSystem("operate", (tx) => tx.mail.deleteMany({})))

/** The mails to confirm an address that wait, as they will be written. */
async function mailsToConfirm() {
  const queued = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "confirm-address" }, select: { id: true } }))
  return Promise.all(queued.map(({ id }) => openMail(id)))
}

async function ask(address: string, at = today): Promise<string> {
  expect(await changePrivateEmail(employee, { address }, at)).toBe("mailed")
  return (await mailsToConfirm()).at(-1)?.token ?? ""
}

describe("a private address", () => {
  test("counts only when the link that was mailed to it is used, once, by the account that asked it", async () => {
    const token = await ask(` ${home} `)
    expect(await viewPrivateEmail(employee, today)).toEqual({ address: null, waiting: home, isDead: false })
    await expect(confirmAddress(colleague, { token }, today)).rejects.toMatchObject({ code: "link-unknown" })
    await expect(confirmAddress(employee, { token: `${token}x` }, today)).rejects.toMatchObject({ code: "link-unknown" })
    const both = await Promise.allSettled([1, 2].map(() => confirmAddress(employee, { token }, today)))
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
    expect(await viewPrivateEmail(employee, today)).toEqual({ address: home, waiting: null, isDead: false })
    await expect(confirmAddress(employee, { token }, today)).rejects.toMatchObject({ code: "address-link-used" })
    expect(await changePrivateEmail(employee, { address: home.toUpperCase() }, today)).toBe("same")
  })

  test("gets the link for a password too, and is the same at another employment of the account", async () => {
    await askPasswordLink({ username: employee.username }, today)
    const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "password-link" }, select: { toAddress: true } }))
    expect(mails.map(({ toAddress }) => toAddress)).toContain(home)
    const third = await asSystem("operate", (tx) => tx.employee.findFirst({ where: { audience: { roles: { none: {} } } }, select: { id: true } }))
    const second: Viewer = { ...employee, partyId: third?.id ?? "" }
    await asSystem("operate", (tx) => addRole(tx, { accountId: employee.accountId, partyId: second.partyId }, today))
    expect((await viewPrivateEmail(second, today)).address).toBe(home)
  })

  test("is not used after another was asked or a day went by, and the old one stays until then", async () => {
    const first = await ask("eerste@prive.test", later(100))
    const second = await ask("tweede@prive.test", later(101))
    await expect(confirmAddress(employee, { token: first }, later(102))).rejects.toMatchObject({ code: "address-link-ended" })
    await expect(confirmAddress(employee, { token: second }, later(101 + 24 * 60))).rejects.toMatchObject({ code: "address-link-expired" })
    expect((await viewPrivateEmail(employee, later(102))).address).toBe(home)
  })

  test("is taken away at once when it is left empty, with the link that waited", async () => {
    const token = await ask("derde@prive.test", later(200))
    expect(await changePrivateEmail(employee, { address: " " }, later(201))).toBe("removed")
    expect(await viewPrivateEmail(employee, later(201))).toEqual({ address: null, waiting: null, isDead: false })
    await expect(confirmAddress(employee, { token }, later(202))).rejects.toMatchObject({ code: "address-link-ended" })
  })

  test("is refused when it is no address, when it is asked too often, and from who is no employee", async () => {
    for (const address of ["thuis", "a@b.test, c@d.test", "thuis@prive.test\r\nBcc: x@y.test"])
      await expect(changePrivateEmail(employee, { address }, today)).rejects.toMatchObject({ code: "email-invalid", details: { field: "privateEmail" } })
    for (let count = 0; count < 5; count++) await ask(`nr${count}@prive.test`, later(300 + count))
    await expect(changePrivateEmail(employee, { address: "nr5@prive.test" }, later(305))).rejects.toMatchObject({ code: "private-email-too-many" })
    await expect(changePrivateEmail(office, { address: home }, today)).rejects.toMatchObject({ status: 403 })
  })

  test("where no mail arrives says so to its holder alone, and is mailed again when its holder saves it once more", async () => {
    await confirmAddress(employee, { token: await ask("vol@prive.test", later(1000)) }, later(1000))
    await asSystem("bounce", (tx) => tx.$executeRaw`insert into dead_address (address_hash, reason, since) values (address_hash(${"vol@prive.test"}), 'mailbox-full', now())`)
    expect(await viewPrivateEmail(employee, later(1001))).toEqual({ address: "vol@prive.test", waiting: null, isDead: true })
    expect(await viewPrivateEmail(colleague, later(1001))).toMatchObject({ isDead: false })
    const people = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, select: { mailTrouble: true } }))
    expect(people.filter(({ mailTrouble }) => mailTrouble !== null)).toEqual([])
    await asSystem("operate", (tx) => tx.mail.deleteMany({}))
    const token = await ask("vol@prive.test", later(1002))
    expect((await mailsToConfirm()).map((mail) => mail?.isDead)).toEqual([false])
    await confirmAddress(employee, { token }, later(1002))
    expect(await viewPrivateEmail(employee, later(1003))).toEqual({ address: "vol@prive.test", waiting: null, isDead: false })
    expect(await changePrivateEmail(employee, { address: "" }, later(1004))).toBe("removed")
  })

  test("comes with a mail that names nobody, its token only behind the #", () => {
    const { subject, text, html } = mailToConfirm({ locale: "nl", token: "geheim", url: "https://portaal.test" })
    expect(`${subject}${text}`).not.toContain(employee.username)
    for (const body of [text, html]) expect(body.replaceAll("/adres/bevestigen#geheim", "")).not.toContain("geheim")
  })
})

describe("preferences", () => {
  test("are of the account: nothing is chosen at first, and what is chosen stands on every device", async () => {
    expect(await viewPreferences(employee)).toEqual({ locale: "nl", theme: "system", mailsOnNewFiles: true, chosen: false })
    await choosePreferences(employee, { locale: "en", theme: "dark", mailsOnNewFiles: false }, today)
    expect(await viewPreferences(employee)).toEqual({ locale: "en", theme: "dark", mailsOnNewFiles: false, chosen: true })
    expect((await viewPreferences(colleague)).chosen).toBe(false)
  })

  test("switch off the mail about new files, and no other: welcomes and links for a password go out", async () => {
    const { contactEmail } = await asSystem("operate", (tx) => tx.employee.findUniqueOrThrow({ where: { id: employee.partyId }, select: { contactEmail: true } }))
    await asSystem("operate", (tx) => insertProvenAddress(tx, { accountId: employee.accountId, address: contactEmail ?? "", provenAt: today }))
    await choosePreferences(employee, { locale: "nl", theme: "system", mailsOnNewFiles: false }, today)
    await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"]))
    await askPasswordLink({ username: employee.username }, later(600))
    const mails = await asSystem("operate", (tx) => tx.mail.findMany({ select: { kind: true, accountId: true } }))
    expect(new Set(mails.filter(({ accountId }) => accountId === employee.accountId).map(({ kind }) => kind))).toEqual(new Set(["password-link"]))
    expect(mails.filter(({ accountId }) => accountId === colleague.accountId).map(({ kind }) => kind)).toEqual(["new-files"])
    expect(mails.filter(({ kind }) => kind === "welcome-employee").length).toBeGreaterThan(15)
  })

  test("leave the private address to the employee: an office or employer that opens the cabinet or the list does not get it", async () => {
    await confirmAddress(employee, { token: await ask(home, later(900)) }, later(901))
    const { employee: seen } = await viewEmployeeCabinet(office, { employeeId: employee.partyId, year: null }, today)
    expect(seen.privateEmail).toBeNull()
    const { employees } = await listEmployees(office, { employerId, page: 1 }, today)
    expect(employees.filter((one) => one.privateEmail !== null)).toEqual([])
  })
})

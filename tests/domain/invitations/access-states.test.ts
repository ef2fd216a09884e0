import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { blockAccess, invite, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { takeAccess } from "#domain/invitations/take-access.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { closeMail } from "#domain/mails/close-mail.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { listClientPage } from "#domain/parties/list-client-page.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { asSystem, closeDatabase, readAsSystem, readAsViewer } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { ACCESS_STATES, type AccessState } from "#policy/access-states.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, bringInBakers, goodPassword, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (days: number) => new Date(today.getTime() + days * 24 * 60 * 60_000)
const [before, now, after] = [later(-1), today, later(1)]

test.each<[AccessState, string, Date | null, "address" | "no address", "proof" | "no proof"]>([
  ["no-email", "none", null, "no address", "proof"],
  ["no-email", "none", null, "no address", "no proof"],
  ["no-email", "uninvited", null, "no address", "proof"],
  ["no-email", "bounced", after, "no address", "proof"],
  ["no-email", "delivered", before, "no address", "proof"],
  ["no-email", "delivered", after, "no address", "proof"],
  ["no-proof", "none", null, "address", "no proof"],
  ["no-proof", "invited", after, "address", "no proof"],
  ["no-proof", "tries-used", before, "address", "no proof"],
  ["not-invited", "none", null, "address", "proof"],
  ["not-invited", "uninvited", null, "address", "proof"],
  ["invited", "invited", after, "address", "proof"],
  ["delivered", "delivered", after, "address", "proof"],
  ["expired", "invited", before, "address", "proof"],
  ["expired", "delivered", now, "address", "proof"],
  ["bounced", "bounced", before, "address", "proof"],
  ["tries-used", "tries-used", before, "address", "proof"],
  ["withdrawn", "withdrawn", null, "address", "proof"],
  ["no-email", "withdrawn", null, "no address", "no proof"],
  ["withdrawn", "withdrawn", null, "address", "no proof"],
  ["taken-away", "taken", null, "address", "no proof"],
  ["no-email", "taken", null, "no address", "proof"],
  ["active", "active", null, "no address", "no proof"],
  ["blocked", "blocked", null, "no address", "no proof"],
])("the state is %s for %s until %s with %s and %s", async (state, access, until, address, proof) => {
  const [row] = await readAsSystem("operate").$queryRaw<{ state: string }[]>`select access_state(${access}, ${until}::timestamptz, ${address === "address"}, ${proof === "proof"}, ${now}::timestamptz) as state`
  expect(row?.state).toBe(state)
})

describe("somebody in each state", () => {
  let office: Viewer
  let employerId: string
  let people: Map<string, string>
  const at = later(2)
  const idOf = (number: string) => people.get(number) ?? ""

  /** The newest mail of a kind to the account of somebody. */
  async function mailOf(number: string, kind: string): Promise<string> {
    const account = { roles: { some: { partyId: idOf(number) } } }
    const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind, account }, orderBy: { id: "desc" }, select: { id: true } }))
    return mail?.id ?? ""
  }

  async function tokenFor(number: string): Promise<string> {
    const account = await asSystem("operate", (tx) => tx.account.findFirst({ where: { roles: { some: { partyId: idOf(number) } } }, select: { username: true } }))
    await askPasswordLink({ username: account?.username ?? "" }, today)
    return (await openMail(await mailOf(number, "password-link")))?.token ?? ""
  }

  beforeAll(async () => {
    office = await makeOffice()
    employerId = await makeClient(office)
    people = await bringInBakers(office, employerId)
    const list = ["nummer;achternaam;geboortedatum;email", "901;Zonderadres;01-02-1980;", "902;Zonderdatum;;zonderdatum@test.test"].join("\n")
    await bringIn(office, employerId, "csv", Buffer.from(list))
    const everybody = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, select: { id: true, number: true } }))
    people = new Map(everybody.map((one) => [one.number, one.id]))
    for (const number of ["1", "2", "3", "4", "5", "6", "7"]) await invite(office, { partyId: idOf(number) }, later(1))
    await closeMail(await mailOf("1", "welcome-employee"), { state: "sent" }, later(1))
    await closeMail(await mailOf("3", "welcome-employee"), { state: "failed", failure: "mail-refused" }, later(1))
    await withdrawInvitation(office, { partyId: idOf("4") }, later(1))
    await asSystem("operate", (tx) => tx.invitation.updateMany({ where: { partyId: idOf("5") }, data: { triesLeft: 0 } }))
    await asSystem("operate", (tx) => tx.invitation.updateMany({ where: { partyId: idOf("6") }, data: { expiresAt: at } }))
    await choosePassword({ token: await tokenFor("7"), proof: await birthDateOf("7"), username: "zeven", password: goodPassword, device: null }, today)
    await viewerFor("employee", idOf("8"))
    await blockAccess(office, { partyId: idOf("8") }, later(1))
    await viewerFor("employee", idOf("11"))
    await takeAccess(office, { partyId: idOf("11") }, later(1))
  })

  async function birthDateOf(number: string): Promise<string> {
    const one = await asSystem("operate", (tx) => tx.employee.findUnique({ where: { id: idOf(number) }, select: { birthDate: true } }))
    return one?.birthDate?.toISOString().slice(0, 10) ?? ""
  }

  test("is told alike by the cabinet and the list, to the office and the employer, and every state occurs", async () => {
    const expected: Record<string, AccessState> = { 1: "delivered", 2: "invited", 3: "bounced", 4: "withdrawn", 5: "tries-used", 6: "expired", 7: "active", 8: "blocked", 9: "not-invited", 901: "no-email", 902: "no-proof", 11: "taken-away" }
    expect(Object.values(expected).toSorted()).toEqual([...ACCESS_STATES].toSorted())
    for (const viewer of [office, await viewerFor("employer", employerId)]) {
      const { employees, counts } = await listEmployees(viewer, { employerId, page: 1 }, at)
      for (const [number, state] of Object.entries(expected)) {
        expect([number, (await viewAccess(viewer, { partyId: idOf(number) }, at)).state]).toEqual([number, state])
        expect([number, employees.find((one) => one.number === number)?.state]).toEqual([number, state])
      }
      for (const state of ACCESS_STATES) expect([state, counts[state]]).toEqual([state, employees.filter((one) => one.state === state).length])
    }
  })

  test("is told of a client too, and changes with what happens to it", async () => {
    const page = { page: 1, text: "", state: null, order: "naam", isFalling: false } as const
    const states = async () => (await listClientPage(office, page, at)).clients.map((one) => one.state)
    expect(await states()).toEqual(["active"])
    const other = await makeOffice()
    const clientId = await makeClient(other, "999990032L01")
    const ofOther = async () => [(await listClientPage(other, page, at)).clients[0]?.state, (await viewAccess(other, { partyId: clientId }, at)).state]
    expect(await ofOther()).toEqual(["not-invited", "not-invited"])
    await invite(other, { partyId: clientId }, later(1))
    expect(await ofOther()).toEqual(["invited", "invited"])
    expect((await listClientPage(other, page, later(5))).counts).toMatchObject({ total: 1, expired: 1, invited: 0 })
    await withdrawInvitation(other, { partyId: clientId }, at)
    expect(await ofOther()).toEqual(["withdrawn", "withdrawn"])
    await asSystem("operate", (tx) => tx.accountRole.deleteMany({ where: { partyId: clientId } }))
    expect(await ofOther()).toEqual(["not-invited", "not-invited"])
  })

  test("is told without any sight of accounts, invitations and mails", async () => {
    for (const viewer of [office, await viewerFor("employee", idOf("10"))]) {
      for (const table of ["invitation", "mail"] as const) {
        const reading = table === "mail" ? readAsViewer(viewer, (reader) => reader.$queryRaw`select to_address from mail`) : readAsViewer(viewer, (reader) => reader.$queryRaw`select id from invitation`)
        await expect(reading).rejects.toThrow("permission denied")
      }
      await expect(readAsViewer(viewer, (reader) => reader.$queryRaw`select refresh_access(array[${idOf("9")}]::uuid[])`)).rejects.toThrow("permission denied")
      await expect(readAsViewer(viewer, (reader) => reader.$queryRaw`update employee set access = 'active' where id = ${idOf("9")}::uuid returning id`)).rejects.toThrow("permission denied")
      const accounts = await readAsViewer(viewer, (reader) => reader.$queryRaw<{ id: string }[]>`select id from account where id <> ${viewer.accountId}::uuid`)
      expect(accounts).toEqual([])
    }
  })
})

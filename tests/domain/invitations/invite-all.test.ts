import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { blockAccess, invite, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { inviteAllClients, inviteAllPeople } from "#domain/invitations/invite-all.ts"
import { viewInvitation } from "#domain/invitations/view-invitation.ts"
import { closeMail } from "#domain/mails/close-mail.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, bringInBakers, makeClient, makeOffice, makeSelfRunning, today, viewerFor } from "../../support/house.ts"

const database = useDatabase()
let owner: pg.Client
beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await owner.end()
})

const later = (days: number) => new Date(today.getTime() + days * 24 * 60 * 60_000)

/** How many welcome mails went to each personnel number of an employer, of those that got any. */
async function welcomes(employerId: string): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ number: string; mails: number }>(
    `select e.number, count(*)::int as mails from employee e join account_role r on r.party_id = e.id join mail m on m.account_id = r.account_id
     where e.employer_id = $1 and m.kind = 'welcome-employee' group by e.number order by e.number::int`,
    [employerId],
  )
  return Object.fromEntries(rows.map((row) => [row.number, row.mails]))
}

describe("inviting everybody who works for an employer", () => {
  let office: Viewer
  let employerId: string
  let people: Map<string, string>
  const idOf = (number: string) => people.get(number) ?? ""
  const once = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [String(index + 1), 1]))

  beforeAll(async () => {
    office = await makeOffice()
    employerId = await makeClient(office)
    people = await bringInBakers(office, employerId)
    const rows = ["901;Zonderadres;01-02-1980;;", "902;Zonderdatum;;zonderdatum@test.test;", "903;Weg;01-02-1980;weg@test.test;24-03-2026", "904;Laatstedag;01-02-1980;laatste@test.test;25-03-2026"]
    await bringIn(office, employerId, "csv", Buffer.from(["nummer;achternaam;geboortedatum;email;uit dienst", ...rows].join("\n")))
    const everybody = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, select: { id: true, number: true } }))
    people = new Map(everybody.map((one) => [one.number, one.id]))
    for (const number of ["1", "2", "3", "4"]) await invite(office, { partyId: idOf(number) }, later(-1))
    await withdrawInvitation(office, { partyId: idOf("1") }, later(-1))
    await asSystem("operate", (tx) => tx.invitation.updateMany({ where: { partyId: idOf("2") }, data: { expiresAt: today } }))
    const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { account: { roles: { some: { partyId: idOf("3") } } } }, select: { id: true } }))
    await closeMail(mail?.id ?? "", { state: "failed", failure: "mail-refused" }, later(-1))
    await viewerFor("employee", idOf("5"))
    await viewerFor("employee", idOf("6"))
    await blockAccess(office, { partyId: idOf("6") }, today)
  })

  test("is not for a reader, an employee, another office or another employer", async () => {
    await expect(inviteAllPeople({ ...office, rank: "reader" }, { employerId }, today)).rejects.toMatchObject({ code: "reader" })
    await expect(inviteAllPeople(await viewerFor("employee", idOf("5")), { employerId }, today)).rejects.toMatchObject({ status: 403 })
    await expect(inviteAllPeople(await makeOffice(), { employerId }, today)).rejects.toMatchObject({ status: 404 })
    await expect(inviteAllPeople(await makeSelfRunning("999990044L01"), { employerId }, today)).rejects.toMatchObject({ status: 404 })
    expect(await welcomes(employerId)).toEqual({ 1: 1, 2: 1, 3: 1, 4: 1 })
  })

  test("invites as many as the list says: not who is inside, blocked, withdrawn, invited and still open, gone, whose mail came back, or without address or date; two at once mail each once", async () => {
    const { counts } = await listEmployees(office, { employerId, page: 1 }, today)
    expect(counts).toMatchObject({ total: 28, active: 1, blocked: 1, withdrawn: 1, invited: 1, left: 1, "no-email": 1, "no-proof": 1, expired: 1, bounced: 1, "not-invited": 19 })
    const employer = await viewerFor("employer", employerId)
    const [first, second] = await Promise.all([inviteAllPeople(office, { employerId }, today), inviteAllPeople(employer, { employerId }, today)])
    expect([first, second].toSorted((a, b) => a - b)).toEqual([0, 20])
    const { 5: _inside, 6: _blocked, ...others } = once
    expect(await welcomes(employerId)).toEqual({ ...others, 2: 2, 904: 1 })
    expect((await listEmployees(office, { employerId, page: 1 }, today)).counts).toMatchObject({ invited: 21, expired: 0, bounced: 1, "not-invited": 0 })
    expect(await inviteAllPeople(office, { employerId }, today)).toBe(0)
    const events = await asSystem("operate", (tx) => tx.auditEvent.count({ where: { kind: "invitation.sent", chainId: { in: [...people.values()] } } }))
    expect(events).toBe(4 + 20)
  })

  test("sends each a token of its own", async () => {
    const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "welcome-employee", state: "queued" }, select: { id: true } }))
    const tokens = await Promise.all(mails.map(async ({ id }) => (await openMail(id))?.token ?? ""))
    expect(new Set(tokens).size).toBe(mails.length)
    const states = await Promise.all(tokens.map(async (token) => (await viewInvitation(token, today)).state))
    expect(states.filter((state) => state === "open")).toHaveLength(21)
  })
})

test("two and a half thousand people are invited at once, each with one mail; the list says so", { timeout: 120_000 }, async () => {
  const employer = await makeSelfRunning("999990056L01")
  await owner.query(
    `with r as (select gen_random_uuid() as id, n from generate_series(1, 2500) as n), a as (insert into audience select id, 'employee' from r)
     insert into employee (id, employer_id, number, initials, surname, sort_key, birth_date, contact_email)
       select id, $1, n, 'A', 'Zand', 'zand', '1990-05-04', 'groot' || n || '@test.test' from r`,
    [employer.partyId],
  )
  const invited = await Promise.all([inviteAllPeople(employer, { employerId: employer.partyId }, today), inviteAllPeople(employer, { employerId: employer.partyId }, today)])
  expect(invited.toSorted((a, b) => a - b)).toEqual([0, 2500])
  const mails = await welcomes(employer.partyId)
  expect([Object.keys(mails).length, Math.max(...Object.values(mails))]).toEqual([2500, 1])
  expect((await listEmployees(employer, { employerId: null, page: 1 }, today)).counts).toMatchObject({ total: 2500, invited: 2500 })
})

describe("inviting all clients of an office", () => {
  test("invites each once, and those alone that the viewer has; a reader and an employer may not", async () => {
    const office = await makeOffice()
    const [first, second, third] = [await makeClient(office, "999990068L01"), await makeClient(office, "999990081L01"), await makeClient(office, "999990093L01")]
    await asSystem("operate", (tx) => tx.employer.update({ where: { id: third }, data: { email: null } }))
    await addStaff(office, { name: "Iris", email: "iris@test.test", rank: "member", clients: [first] }, today)
    const role = await asSystem("operate", (tx) => tx.accountRole.findFirst({ where: { account: { email: "iris@test.test" } }, select: { accountId: true } }))
    const iris: Viewer = { ...office, accountId: role?.accountId ?? "", rank: "member" }
    const mails = () => asSystem("operate", (tx) => tx.mail.count({ where: { kind: "welcome-employer", account: { roles: { some: { partyId: { in: [first, second, third] } } } } } }))
    await expect(inviteAllClients({ ...office, rank: "reader" }, today)).rejects.toMatchObject({ code: "reader" })
    await expect(inviteAllClients(await viewerFor("employer", second), today)).rejects.toMatchObject({ status: 403 })
    expect(await inviteAllClients(iris, today)).toBe(1)
    expect(await mails()).toBe(1)
    const both = await Promise.all([inviteAllClients(office, today), inviteAllClients(office, today)])
    expect([both.toSorted((a, b) => a - b), await mails()]).toEqual([[0, 0], 1])
    await asSystem("operate", (tx) => tx.employer.update({ where: { id: third }, data: { email: "derde@test.test" } }))
    expect(await inviteAllClients(office, later(4))).toBe(2)
    expect(await mails()).toBe(3)
  })
})

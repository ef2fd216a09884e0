import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { listClientPage } from "#domain/parties/list-client-page.ts"
import { listEmployees, type ListEmployeesInput } from "#domain/parties/list-employees.ts"
import { listReceivers } from "#domain/sharing/list-receivers.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import { listName, sortKey } from "#policy/person-name.ts"
import { ROSTER_STATES } from "#policy/roster-states.ts"
import type { Viewer } from "#policy/viewer.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { placeOwn } from "../sharing/people.ts"

const database = useDatabase()
let owner: pg.Client
let office: Viewer
let employer: Viewer
let employerId: string

const people = [
  { surname: "Vries", prefix: "de", initials: "K" },
  { surname: "IJzerman", prefix: null, initials: "B" },
  { surname: "Ibrahim", prefix: null, initials: "A" },
  { surname: "Öztürk", prefix: null, initials: "C" },
  { surname: "Oosterhuis", prefix: null, initials: "D" },
  { surname: "Vriesema", prefix: null, initials: "A" },
  { surname: "de la Cruz", prefix: null, initials: "P" },
]

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  office = await makeOffice()
  employerId = await makeClient(office)
  employer = await viewerFor("employer", employerId)
  const rows = [...people, ...Array.from({ length: 1993 }, (_, index) => ({ surname: `Zand${String.fromCharCode(97 + (index % 26))}`, prefix: null, initials: "A" }))]
  const data = rows.map((name, index) => ({ ...name, key: sortKey(name), number: String(index + 1) }))
  await owner.query(
    `with r as (select gen_random_uuid() as id, * from jsonb_to_recordset($1::jsonb) as r (surname text, prefix text, initials text, key text, number text)),
       a as (insert into audience select id, 'employee' from r)
     insert into employee (id, employer_id, number, initials, prefix, surname, sort_key, contact_email, birth_date, access, access_at, access_until, employed_to)
       select id, $2, number, initials, prefix, surname, key, case when number::int % 10 = 0 then null else 'p' || number || '@test.test' end,
         case when number::int % 7 > 0 then date '1990-05-04' end,
         (array['none', 'uninvited', 'invited', 'delivered', 'bounced', 'withdrawn', 'tries-used', 'active', 'blocked', 'taken'])[1 + number::int % 10],
         timestamptz '2026-03-20 09:00Z', timestamptz '2026-03-24 09:00Z' + (number::int % 4) * interval '1 day', case when number = '3' then date '2026-01-31' end from r`,
    [JSON.stringify(data), employerId],
  )
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await owner.end()
})

const list = (input: Partial<ListEmployeesInput> = {}, viewer = employer) => listEmployees(viewer, { employerId: null, page: 1, ...input }, today)

describe("two thousand employees", () => {
  test("come a hundred at a time, each once", async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, (_, index) => list({ page: index + 1 })))
    expect(pages.map((page) => page.employees.length)).toEqual(Array.from({ length: 20 }, () => 100))
    expect(new Set(pages.flatMap((page) => page.employees.map((one) => one.id))).size).toBe(2000)
    expect((await list({ page: 99 })).page).toBe(20)
  })

  test("stand on their core surname: De Vries under V, accents and IJ as their letters", async () => {
    const { employees } = await list()
    expect(employees.slice(0, 7).map(listName)).toEqual(["de la Cruz, P", "Ibrahim, A", "IJzerman, B", "Oosterhuis, D", "Öztürk, C", "Vries, K de", "Vriesema, A"])
  })

  test("can be turned round, and numbers go as numbers", async () => {
    expect((await list({ isFalling: true, page: 20 })).employees.at(-1)?.surname).toBe("de la Cruz")
    expect((await list({ order: "nr" })).employees.slice(8, 11).map((one) => one.number)).toEqual(["9", "10", "11"])
    expect((await list({ order: "nr", isFalling: true })).employees[0]?.number).toBe("2000")
  })

  test("are sought among all of them, not among one page", async () => {
    expect((await list({ text: "ozturk" })).employees.map((one) => one.surname)).toEqual(["Öztürk"])
    expect((await list({ text: "de vries" })).employees.map((one) => one.surname)).toEqual(["Vries"])
    expect((await list({ text: "la cruz" })).total).toBe(1)
    expect((await list({ text: "p1999" })).total).toBe(1)
    expect((await list({ text: "%" })).total).toBe(2000)
    expect((await list({ text: "niemand" })).employees).toEqual([])
  })

  test("are counted by state, and each state gives those alone; who has left is in none of the others", async () => {
    const { counts } = await list()
    const { total, sought, ...states } = counts
    expect([total, sought, counts.left]).toEqual([2000, 2000, 1])
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(2000)
    expect(ROSTER_STATES.filter((state) => counts[state] === 0)).toEqual([])
    for (const state of ROSTER_STATES) expect((await list({ state })).total, state).toBe(counts[state])
    expect((await list({ state: "active" })).employees.every((one) => one.state === "active")).toBe(true)
  })
})

test("somebody works there until the last day is over in the Netherlands, in the list and among whom to share with", async () => {
  const fileId = await placeOwn(employer, employerId)
  const left = async (at: string) => {
    const now = new Date(at)
    const { employees, counts } = await listEmployees(employer, { employerId: null, page: 1, text: "ibrahim" }, now)
    const { receivers } = await listReceivers(employer, { fileIds: [fileId] }, now)
    return [employees[0]?.state === "left", counts.left, receivers.find((one) => one.number === "3")?.hasLeft]
  }
  for (const at of ["2026-01-31T12:00:00Z", "2026-01-31T22:59:00Z"]) expect(await left(at), at).toEqual([false, 0, false])
  expect(await left("2026-01-31T23:01:00Z")).toEqual([true, 1, true])
})

test("a stranger finds no employer there, an employee may not ask", async () => {
  const stranger = await makeOffice()
  await expect(list({ employerId }, stranger)).rejects.toThrow(NotFound)
  await expect(list({ employerId: office.partyId })).rejects.toThrow(NotFound)
  await expect(list({}, { ...employer, kind: "employee" })).rejects.toThrow(Forbidden)
})

test("an office's clients stand as a Dutch reader looks them up, and are sought among all", async () => {
  const numbers = Array.from({ length: 200 }, (_, index) => `${999990100 + index}L01`).filter((number) => normaliseWageTaxNumber(number) !== null)
  const names = ["Zon B.V.", "élan", "Eland", "Bakker 10", "Bakker 9"]
  for (const [index, name] of names.entries()) {
    const id = await makeClient(office, numbers[index])
    await owner.query("update employer set name = $1, city = 'Leeuwarden' where id = $2", [name, id])
  }
  const page = { page: 1, text: "leeuwarden", state: null, order: "naam", isFalling: false } as const
  expect((await listClientPage(office, page, today)).clients.map((one) => one.name)).toEqual(["Bakker 9", "Bakker 10", "élan", "Eland", "Zon B.V."])
  const { clients, counts } = await listClientPage(office, { ...page, text: "korenmaat" }, today)
  expect([clients.length, clients[0]?.employees, counts.total]).toEqual([1, 2000, 6])
  await expect(listClientPage(employer, page, today)).rejects.toThrow(Forbidden)
})

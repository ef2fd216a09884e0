import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { leavingOut } from "./leaving-out.ts"
import type { Claim } from "./oracle.ts"
import { attempt, employee, employer, employers, engagementOf, enterSmallWorld, fileOf, notAllowed, office, ownFilesOf, shareOf, staff, world } from "./small-world.ts"

/** Whatever a use case would ask of the database, it gives no sight that is not the viewer's to give, and takes none away that is another's. */
const database = useDatabase()
let app: pg.Client
let owner: pg.Client

beforeAll(async () => {
  app = await enterSmallWorld(database)
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(() => Promise.all([app.end(), owner.end()]))

const [sharedByEmployee = "", ofEmployee = ""] = ownFilesOf(employee.partyId)
const [ofEmployer = ""] = ownFilesOf(employer.partyId)
const [ofOffice = ""] = ownFilesOf(office.partyId)
const otherOffice = world.offices[1]?.id ?? ""
const share = (file: string | undefined, to: string | undefined, more = "") => `select from share_files(array['${file}'${more}]::uuid[], array['${to}']::uuid[], null)`
const end = (file: string, of = file) => `select where end_share('${file}', '${shareOf(of)}') is not null`
const bin = (file: string | undefined) => `select from bin_files(array['${file}']::uuid[])`

test.each<[string, Claim, string]>([
  ["an employee shares an own file with the employer", employee, share(ofEmployee, employers[0])],
  ["an employer shares what was shared with it on to its office", employer, share(sharedByEmployee, engagementOf(0))],
  ["an employer shares an own file with its office", employer, share(ofEmployer, engagementOf(0))],
  ["an employer shares an own file with one of its people", employer, share(ofEmployer, staff(0)[1])],
  ["an office shares an own file with a client", office, share(ofOffice, employers[1])],
  ["an employee ends an own share", employee, end(sharedByEmployee)],
  ["an employee bins an own file", employee, bin(ofEmployee)],
])("%s", async (_title, who, statement) => {
  expect(await attempt(app, who, statement)).toBe(1)
})

const hostile: readonly [string, Claim, string][] = [
  ["an employee shares a payslip with the employer", employee, share(fileOf(employee.partyId), employers[0])],
  ["an employer shares a payroll file of its own with its people", employer, share(fileOf(employer.partyId), staff(0)[0])],
  ["an employee shares straight with the office", employee, share(ofEmployee, engagementOf(0))],
  ["an employee shares with a colleague", employee, share(ofEmployee, staff(0)[1])],
  ["an employee shares with another employer", employee, share(ofEmployee, employers[1])],
  ["an employee shares the employer's file back", employee, share(ofEmployer, employers[0])],
  ["an employer shares what an employee did not share", employer, share(ofEmployee, engagementOf(0))],
  ["an employer shares an employee's file with a colleague", employer, share(sharedByEmployee, staff(0)[1])],
  ["an employer gives itself an employee's file", employer, share(ofEmployee, employers[0])],
  ["an employer shares with itself what was shared with it", employer, share(sharedByEmployee, employers[0])],
  ["an employer shares with an office that does not work for it", employer, share(ofEmployer, engagementOf(2))],
  ["an employer shares with the office as a party", employer, share(ofEmployer, office.partyId)],
  ["an employer shares with somebody else's employee", employer, share(ofEmployer, staff(1)[0])],
  ["an office shares with an employer it does not work for", office, share(ofOffice, employers[2])],
  ["an office shares with an employee", office, share(ofOffice, staff(0)[0])],
  ["an office shares with another office", office, share(ofOffice, otherOffice)],
  ["an office shares its client's file", office, share(ofEmployer, employers[1])],
  ["one file that may not go takes along none that may", employee, share(ofEmployee, employers[0], `, '${fileOf(employee.partyId)}'`)],
  ["an employer ends an employee's share", employer, end(sharedByEmployee)],
  ["an office ends an employee's share", office, end(sharedByEmployee)],
  ["an employee ends a share by the name of another file", employee, end(ofEmployee, sharedByEmployee)],
  ["an employer bins what an employee shared", employer, bin(sharedByEmployee)],
  ["an office bins its client's file", office, bin(ofEmployer)],
  ["an employee bins a payslip", employee, bin(fileOf(employee.partyId))],
  ["somebody looks in another's bin", office, "select from own_bin()"],
]

/** Those of the hostile questions that the database gives in to. */
async function givenIn(): Promise<string[]> {
  const found: string[] = []
  for (const [title, who, statement] of hostile) if ((await attempt(app, who, statement)) !== 0) found.push(title)
  return found
}

test("no hostile question is given in to", async () => {
  await owner.query("update dossier_file set binned_at = now() where id = $1", [ownFilesOf(employer.partyId)[1]])
  expect(await givenIn()).toEqual([])
})

test.each([
  ["nobody asks for a step by itself", employee, `select from share_steps('${ofEmployee}', array['${employers[0]}']::uuid[])`],
  ["nobody writes a grant past the steps", employee, `insert into file_grant (id, file_id, audience_id, reason, starts_at) values (gen_random_uuid(), '${ofEmployee}', '${employers[1]}', 'shared', now())`],
  ["nobody wakes a grant", employee, "update file_grant set asleep_at = null"],
  ["nobody takes a file out of the bin past restore_files", employee, "update dossier_file set binned_at = null"],
  ["nobody asks an office past the use case", employer, `insert into office_move (id, employer_id, office_id, employer_name, office_name, asked_by) values (gen_random_uuid(), '${employers[0]}', '${otherOffice}', '', '', '${employer.accountId}')`],
  ["nobody accepts a move past the use case", office, "update office_move set accepted_at = now()"],
])("%s", async (_title, who, statement) => {
  expect(await attempt(app, who, statement)).toBe(notAllowed)
})

describe("a rule that is left out is found", () => {
  const functions = ["share_steps(uuid,uuid[])", "end_share(uuid,uuid)", "bin_files(uuid[])", "own_bin()"] as const
  const without = leavingOut(() => owner, functions)

  test.each<[string, (typeof functions)[number], string, string]>([
    ["whose file it is", "share_steps(uuid,uuid[])", "where owner_id = viewer_party()", ""],
    ["that it is an own file", "share_steps(uuid,uuid[])", "and f.origin = 'own'", ""],
    ["that an employee stands under the employer", "share_steps(uuid,uuid[])", "join employee w on w.employer_id = own.owner_id where w.id = any (p_to)", "join employee w on w.id = any (p_to)"],
    ["that an office works for whom it shares with", "share_steps(uuid,uuid[])", "join engagement e on e.office_id = own.owner_id where e.employer_id = any (p_to) and e.ended_at is null and e.id = any (viewer_audiences())", "join engagement e on true where e.employer_id = any (p_to) and e.ended_at is null"],
    ["who ends a share", "end_share(uuid,uuid)", "(d.owner_id = viewer_party() or p.audience_id = viewer_party())", "true"],
    ["of which file a share is", "end_share(uuid,uuid)", "and g.file_id = p_file", ""],
    ["whose file goes to the bin", "bin_files(uuid[])", "and d.owner_id = viewer_party()", ""],
    ["whose bin it is", "own_bin()", "d.owner_id = viewer_party() and", ""],
  ])("%s", async (_title, name, text, instead) => {
    await without(name, text, instead)
    expect(await givenIn()).not.toEqual([])
  })
})

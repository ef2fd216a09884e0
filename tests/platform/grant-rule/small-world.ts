import pg from "pg"
import { addressFor } from "#platform/database-address.ts"
import type { TestDatabase } from "../../support/database.ts"
import type { Happening, Story, World } from "../../support/worlds.ts"
import type { Claim } from "./oracle.ts"
import { tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

/**
 * Office 1 serves employers 1 and 2, office 2 serves employer 3, employer 4 runs payroll itself. Each has two people, who have one payslip
 * each; of the first employer there is a series overview, too. The first person, employer and office have two own files each, of which the person shared one with the employer. Numbers below count
 * from 0.
 */
const story: Story = {
  offices: 2,
  employers: [[0], [0], [1], []].map((offices) => ({ staff: [{ hasLeft: false }, { hasLeft: false }], offices, alone: false })),
  accounts: [
    { isBlocked: false, roles: [{ kind: "office", party: 0, hasEnded: false, rank: 0, some: null }] },
    { isBlocked: false, roles: [{ kind: "employer", party: 0, hasEnded: false, rank: 0, some: null }] },
    { isBlocked: false, roles: [{ kind: "employee", party: 0, hasEnded: false, rank: 0, some: null }] },
    { isBlocked: false, roles: [{ kind: "employer", party: 0, hasEnded: false, rank: 2, some: null }] },
  ],
  events: [...[0, 1, 2, 3].flatMap((employer): Happening[] => [
    {
      kind: "delivery",
      employer,
      by: employer === 3 ? 0 : 1,
      payslips: [0, 1],
      hasDocument: true,
      isOverview: false,
      hasParked: true,
      state: "sent",
      isLaid: false,
      from: -3,
      employerFirst: false,
      isRecalled: false,
    },
  ]), ...(["employee", "employer", "office"] as const).flatMap((by) => [0, 2, 0].map((party): Happening => ({ kind: "upload", by, party }))),
    { kind: "share", file: 0, to: 0, from: -3, until: null },
    { kind: "delivery", employer: 0, by: 1, payslips: [], hasDocument: true, hasParked: false, isOverview: true, state: "sent", isLaid: false, from: -3, employerFirst: false, isRecalled: false },
  ],
}
export const world: World = tellWorld(story, new Date())

const claimOf = (account: number, party: { id: string } | undefined): Claim => ({
  accountId: world.accounts[account]?.id ?? "",
  partyId: party?.id ?? "",
})
export const office = claimOf(0, world.offices[0])
export const employer = claimOf(1, world.employers[0])
export const employee = claimOf(2, world.employees[0])
/** A colleague at the first employer who sees its series overviews and nothing else. */
export const overviewer = claimOf(3, world.employers[0])
export const overviews = world.employers[0]?.overviewsId
export const overviewOf = world.files.find((one) => one.kind === "series-overview" && one.origin === "payroll")?.id
export const employers = world.employers.map((one) => one.id)
export const staff = (nr: number) => world.employees.filter((one) => one.employerId === employers[nr]).map((one) => one.id)
export const deliveryOf = (nr: number) => world.deliveries.find((one) => one.employerId === employers[nr])
export const fileOf = (ownerId: string | undefined) => world.files.find((one) => one.ownerId === ownerId)?.id
/** The own files of a party, in the order of uploading. */
export const ownFilesOf = (ownerId: string | undefined) => world.files.filter((one) => one.ownerId === ownerId && one.origin === "own").map((one) => one.id)
export const shareOf = (fileId: string | undefined) => world.grants.find((one) => one.fileId === fileId && one.reason === "shared")?.id
export const dossierOf = (ownerId: string | undefined) => world.dossiers.find((one) => one.ownerId === ownerId)?.id
export const engagementOf = (nr: number) => world.engagements.find((one) => one.employerId === employers[nr])?.id
export const itemOf = (ownerId: string | undefined) =>
  world.deliveries.flatMap((one) => one.items).find((one) => one.employeeId === ownerId)?.id

/** Writes the small world, and opens a connection as the application's own role. Close it before the database goes. */
export async function enterSmallWorld({ ownerUrl, masterKey }: TestDatabase): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await writeWorlds(owner, [world]).finally(() => owner.end())
  const app = new pg.Client({ connectionString: addressFor("portal_app", ownerUrl, masterKey) })
  await app.connect()
  return app
}

/** The code with which Postgres refuses what a role or a policy does not allow. */
export const notAllowed = "42501"

/** Tries a statement as somebody and takes it back: how many rows it touched, or the code with which Postgres refused. */
export async function attempt(app: pg.Client, who: Claim, statement: string): Promise<number | string | null> {
  await app.query("begin")
  try {
    await app.query("select enter_viewer($1, $2)", [who.accountId, who.partyId])
    return (await app.query(statement)).rowCount
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? null) : null
  } finally {
    await app.query("rollback")
  }
}

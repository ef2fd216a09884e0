import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { openEyes } from "./compare.ts"
import { look } from "./look.ts"
import { actsAs, holdsUp, type Sight } from "./oracle.ts"
import { tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

/** Who sees what, promise by promise, over what the database shows in worlds where everything goes by the rules of the product. */
const database = useDatabase()

type File = World["files"][number]
/** Somebody who looks at a world, as whom, and what is seen. */
type Look = { world: World; partyId: string; sight: Sight; files: File[] }

let looks: Look[] = []

beforeAll(async () => {
  const eyes = await openEyes(database)
  const [app] = eyes.app
  for (let batch = 0; batch < 35; batch++) {
    const worlds = fc.sample(stories(false), { seed: batch, numRuns: 10 }).map((story) => tellWorld(story, new Date()))
    await writeWorlds(eyes.owner, worlds)
    for (const world of worlds) {
      for (const claim of world.roles.filter((role) => holdsUp(world, role))) {
        const sight = app ? await look(app, claim) : undefined
        if (sight) looks.push({ world, partyId: actsAs(world, claim), sight, files: world.files.filter((file) => sight.file.includes(file.id)) })
      }
    }
  }
  await eyes.close()
}, 120_000)
afterAll(() => {
  looks = []
})

const isOf =
  (kind: "offices" | "employers" | "employees") =>
  ({ world, partyId }: Look) =>
    world[kind].some((one) => one.id === partyId)
const isOffice = isOf("offices")
const isEmployer = isOf("employers")
const isEmployee = isOf("employees")
const overviewsOf = ({ world, partyId }: Look) => world.employers.find((one) => one.overviewsId === partyId)?.id
const employerIdOf = ({ world, partyId }: Look) => world.employees.find((one) => one.id === partyId)?.employerId
const customerOf = (world: World, file: File) => world.dossiers.find((one) => one.id === file.dossierId)?.employerId
const clientsOf = ({ world, partyId }: Look) =>
  world.engagements.filter((one) => one.officeId === partyId && one.endedAt === null).map((one) => one.employerId)
const sharedWith = ({ world, partyId }: Look, file: File) => {
  const own = world.engagements.filter((one) => one.officeId === partyId && one.endedAt === null).map((one) => one.id)
  return world.grants.some(
    (grant) =>
      grant.fileId === file.id &&
      grant.reason.startsWith("shared") &&
      grant.endedAt === null &&
      [partyId, ...own].includes(grant.audienceId),
  )
}
const isRecalled = (world: World, file: File) => world.withdrawals.some((one) => one.fileId === file.id)
const isOut = (world: World, file: File) =>
  !file.isBinned &&
  !isRecalled(world, file) &&
  world.grants.some(
    (grant) => grant.fileId === file.id && grant.reason === "placed" && grant.startsAt <= world.now && grant.endedAt === null,
  )

/** `about`: the cases that the promise is about. `isKept`: whether it is, in one of them. There must be enough cases to mean anything. */
function promise<Case>(title: string, about: (look: Look) => Case[], isKept: (one: Case, look: Look) => boolean): void {
  test(title, () => {
    const cases = looks.flatMap((one) => about(one).map((what) => ({ what, one })))
    expect(cases.length, "cases that it is about").toBeGreaterThan(10)
    expect(cases.filter(({ what, one }) => !isKept(what, one))).toEqual([])
  })
}

promise(
  "an employer sees the payroll files that were sent to its employees",
  (look) =>
    isEmployer(look)
      ? look.world.files.filter(
          (file) =>
            file.origin === "payroll" &&
            customerOf(look.world, file) === look.partyId &&
            isOut(look.world, file) &&
            !wasWithdrawn(look, file),
        )
      : [],
  (file, look) => look.files.includes(file),
)
promise(
  "a colleague who is for the overviews sees every series overview that was sent to the employer itself",
  (look) => look.world.files.filter((file) => file.kind === "series-overview" && file.origin === "payroll" && file.ownerId === overviewsOf(look) && isOut(look.world, file)),
  (file, look) => look.files.includes(file),
)
promise(
  "a colleague who is for the overviews sees no other file, and nothing else of the employer",
  (look) => (overviewsOf(look) ? [look.sight] : []),
  (sight, look) =>
    look.files.every((file) => file.kind === "series-overview" && file.origin === "payroll" && file.ownerId === overviewsOf(look)) &&
    [sight.employer, sight.office, sight.engagement, sight.employee, sight.dossier, sight.delivery, sight.item, sight.move, sight.usage].every((seen) => seen.length === 0),
)
promise(
  "an employer sees what an employee uploaded only when the employee shared it",
  (look) => (isEmployer(look) ? look.files.filter((file) => file.origin === "own" && file.ownerId !== look.partyId) : []),
  (file, look) => sharedWith(look, file),
)
promise(
  "an office sees only what it sent itself and what was shared with it",
  (look) => (isOffice(look) ? look.files.filter((file) => file.ownerId !== look.partyId) : []),
  (file, look) => (file.origin === "payroll" ? file.senderId === look.partyId : sharedWith(look, file)),
)
promise(
  "an employee sees payroll files addressed to nobody else",
  (look) => (isEmployee(look) ? look.files.filter((file) => file.origin === "payroll") : []),
  (file, look) => file.ownerId === look.partyId,
)
promise(
  "an employee sees own files of nobody else, unless its employer shared them",
  (look) => (isEmployee(look) ? look.files.filter((file) => file.origin === "own") : []),
  (file, look) => file.ownerId === look.partyId || (file.ownerId === employerIdOf(look) && sharedWith(look, file)),
)
promise(
  "an employee sees no colleague",
  (look) => (isEmployee(look) ? [look.sight.employee] : []),
  (seen, look) => seen.join() === look.partyId,
)
promise(
  "an own file is seen by its owner",
  (look) => look.world.files.filter((file) => file.origin === "own" && file.ownerId === look.partyId && isOut(look.world, file)),
  (file, look) => look.files.includes(file),
)
promise(
  "an office that an employer left sees nothing of that employer at all",
  (look) =>
    isOffice(look)
      ? look.world.engagements
          .filter((one) => one.officeId === look.partyId && !clientsOf(look).includes(one.employerId))
          .map((one) => one.employerId)
      : [],
  (former, { world, sight, files }) =>
    !sight.employer.includes(former) &&
    !files.some((file) => customerOf(world, file) === former) &&
    !world.employees.some((one) => one.employerId === former && sight.employee.includes(one.id)) &&
    !world.dossiers.some((one) => one.employerId === former && (sight.dossier.includes(one.id) || sight.key.includes(one.id))) &&
    !world.deliveries.some((one) => one.employerId === former && sight.delivery.includes(one.id)),
)
promise(
  "an office that an employer came back to sees nothing from before",
  (look) =>
    isOffice(look)
      ? look.world.engagements.filter(
          (one) => one.officeId === look.partyId && one.endedAt !== null && clientsOf(look).includes(one.employerId),
        )
      : [],
  (before, { world, sight, files }) => {
    const earlier = world.deliveries.filter((one) => one.audienceId === before.id)
    return (
      !earlier.some((one) => sight.delivery.includes(one.id)) && !files.some((file) => earlier.some((one) => one.id === file.deliveryId))
    )
  },
)
promise(
  "an employer keeps what its former offices delivered",
  (look) => {
    const former = look.world.engagements.filter((one) => one.employerId === look.partyId && one.endedAt !== null).map((one) => one.id)
    const theirs = look.world.deliveries.filter((one) => former.includes(one.audienceId)).map((one) => one.id)
    return isEmployer(look)
      ? look.world.files.filter(
          (file) => file.deliveryId !== null && theirs.includes(file.deliveryId) && isOut(look.world, file) && !wasWithdrawn(look, file),
        )
      : []
  },
  (file, look) => look.files.includes(file),
)
promise(
  "what is in the bin is seen by nobody",
  (look) => look.world.files.filter((file) => file.isBinned),
  (file, look) => !look.files.includes(file) && !look.world.grants.some((one) => one.fileId === file.id && look.sight.grant.includes(one.id)),
)
promise(
  "what was withdrawn is seen by nobody but who sent it",
  (look) => look.world.files.filter((file) => isRecalled(look.world, file) && file.senderId !== look.partyId),
  (file, look) => !look.files.includes(file),
)
promise(
  "who had what was withdrawn, is told that it was, and not who else had it",
  (look) => look.world.withdrawals.filter((one) => one.hadIt.includes(look.partyId)),
  (one, { partyId, sight }) => sight.withdrawal.includes(one.fileId) && sight.receiver.filter((key) => key.startsWith(one.fileId)).join() === one.fileId + partyId,
)
promise(
  "somebody who left keeps reading",
  (look) => {
    const hasLeft = look.world.employees.some((one) => one.id === look.partyId && one.hasLeft)
    return hasLeft ? look.world.files.filter((file) => file.ownerId === look.partyId && isOut(look.world, file)) : []
  },
  (file, look) => look.files.includes(file),
)
promise(
  "what was shared on ends with the share it came from",
  (look) =>
    look.world.grants.filter(
      (grant) => grant.reason === "shared_on" && look.world.grants.some((one) => one.id === grant.parentId && one.endedAt !== null),
    ),
  (grant, look) => !look.sight.grant.includes(grant.id),
)
promise(
  "nobody sees a payroll file before its publication date, except the office that sent it and, where so chosen, the employer",
  (look) =>
    isEmployee(look)
      ? look.world.files.filter(
          (file) =>
            file.ownerId === look.partyId &&
            file.origin === "payroll" &&
            look.world.grants.some((one) => one.fileId === file.id && one.reason === "placed" && one.startsAt > look.world.now),
        )
      : [],
  (file, look) =>
    !look.files.includes(file) && !look.world.grants.some((one) => one.fileId === file.id && look.sight.grant.includes(one.id)),
)

function wasWithdrawn({ world, partyId }: Look, file: File): boolean {
  return world.grants.some(
    (grant) => grant.fileId === file.id && grant.audienceId === partyId && (grant.endedAt !== null || grant.startsAt > world.now),
  )
}

import { randomUUID } from "node:crypto"
import { ranksOf } from "#policy/ranks.ts"
import type { Story, World } from "../../support/worlds.ts"
import { happen, moment, pick } from "./happenings.ts"

/** Makes the world of a story at a moment, with new ids. It goes by the rules: nobody shares what is not theirs to share. */
export function tellWorld(story: Story, now: Date): World {
  const world: World = {
    now,
    offices: [],
    employers: [],
    employees: [],
    engagements: [],
    accounts: [],
    roles: [],
    dossiers: [],
    deliveries: [],
    files: [],
    grants: [],
    reads: [],
    withdrawals: [],
    moves: [],
    links: [],
  }
  for (let nr = 1; nr <= story.offices; nr++) {
    const office = { id: randomUUID(), name: `Kantoor ${nr}` }
    world.offices.push(office)
    openDossier(world, office.id, null)
  }
  story.employers.forEach((told, index) => settleEmployer(world, told, index + 1))
  story.accounts.forEach((told) => openAccount(world, told))
  story.events.forEach((event) => happen(world, event))
  return world
}

/** Lets one more account act for every party of a world, so that of nothing nobody can be asked. */
export function actForAll(world: World): World {
  const account = { id: randomUUID(), isBlocked: false }
  world.accounts.push(account)
  for (const { id } of [...world.offices, ...world.employers, ...world.employees]) world.roles.push({ id: randomUUID(), accountId: account.id, partyId: id, endedAt: null, rank: "owner", clients: null })
  return world
}

/** Lets one more account see the overviews of every employer of a world. */
export function seeOverviews(world: World): World {
  const account = { id: randomUUID(), isBlocked: false }
  world.accounts.push(account)
  for (const { id } of world.employers) world.roles.push({ id: randomUUID(), accountId: account.id, partyId: id, endedAt: null, rank: "overviews", clients: null })
  return world
}

function settleEmployer(world: World, told: Story["employers"][number], nr: number): void {
  const employer = { id: randomUUID(), name: `Werkgever ${nr}`, overviewsId: randomUUID() }
  world.employers.push(employer)
  openDossier(world, employer.id, employer.id)
  told.staff.forEach(({ hasLeft }, index) => {
    const employee = { id: randomUUID(), name: `Werknemer ${nr}.${index + 1}`, employerId: employer.id, hasLeft }
    world.employees.push(employee)
    openDossier(world, employee.id, employer.id)
  })
  told.offices.forEach((office, index) => {
    const isLast = index === told.offices.length - 1
    const [start, stop] = [-30_000 + 1000 * index, -29_000 + 1000 * index]
    world.engagements.push({
      id: randomUUID(),
      officeId: pick(world.offices, office)?.id ?? "",
      employerId: employer.id,
      startedAt: moment(world, start),
      endedAt: isLast && !told.alone ? null : moment(world, isLast ? -1 : stop),
    })
  })
}

function openDossier(world: World, ownerId: string, employerId: string | null): void {
  world.dossiers.push({ id: randomUUID(), ownerId, employerId })
}

function openAccount(world: World, told: Story["accounts"][number]): void {
  const account = { id: randomUUID(), isBlocked: told.isBlocked }
  world.accounts.push(account)
  world.links.push({ id: randomUUID(), accountId: account.id })
  for (const { kind, party, hasEnded, rank, some } of told.roles) {
    const parties = { office: world.offices, employer: world.employers, employee: world.employees }[kind]
    const partyId = pick<{ id: string }>(parties, party)?.id
    if (!partyId || world.roles.some((role) => role.accountId === account.id && role.partyId === partyId)) continue
    const ranks = ranksOf[kind]
    const clients = kind === "office" && some ? some.flatMap((index) => pick(world.employers, index)?.id ?? []) : null
    world.roles.push({ id: randomUUID(), accountId: account.id, partyId, endedAt: hasEnded ? moment(world, -5) : null, rank: ranks[rank % ranks.length] ?? "owner", clients: clients && [...new Set(clients)] })
  }
}

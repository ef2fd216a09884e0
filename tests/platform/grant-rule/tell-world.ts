import { randomUUID } from "node:crypto"
import type { Happening, Reason, Story, World } from "../../support/worlds.ts"

/** Makes the world of a story at a moment, with new ids. By the rules of product.md section 2: nobody shares what is not theirs to share. */
export function tellWorld(story: Story, now: Date): World {
  const world: World = {
    now, offices: [], employers: [], employees: [], engagements: [], accounts: [], roles: [], dossiers: [], deliveries: [], files: [], grants: [], reads: [],
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

function settleEmployer(world: World, told: Story["employers"][number], nr: number): void {
  const employer = { id: randomUUID(), name: `Werkgever ${nr}` }
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
  for (const { kind, party, hasEnded } of told.roles) {
    const partyId = pick(partiesOf(world, kind), party)?.id
    if (!partyId || world.roles.some((role) => role.accountId === account.id && role.partyId === partyId)) continue
    world.roles.push({ id: randomUUID(), accountId: account.id, partyId, endedAt: hasEnded ? moment(world, -5) : null })
  }
}

function partiesOf(world: World, kind: "office" | "employer" | "employee"): { id: string }[] {
  return { office: world.offices, employer: world.employers, employee: world.employees }[kind]
}

function happen(world: World, event: Happening): void {
  if (event.kind === "delivery") return deliver(world, event)
  if (event.kind === "upload") {
    const party = pick(partiesOf(world, event.by), event.party)
    if (party) placeFile(world, party.id, "own", party.id, null, [{ audienceId: party.id, reason: "placed", from: -30_000 }])
  }
  if (event.kind === "share") {
    const file = pick(world.files.filter((one) => one.origin === "own"), event.file)
    const to = file && pick(stepsFrom(world, file.ownerId), event.to)
    if (file && to) give(world, file.id, to, "shared", event.from, event.until, null)
  }
  if (event.kind === "share-on") {
    const parent = pick(world.grants.filter((grant) => grant.reason === "shared" && world.employers.some(({ id }) => id === grant.audienceId)), event.share)
    const from = parent && world.files.find((file) => file.id === parent.fileId)
    const travelsUp = world.employees.some((employee) => employee.id === from?.ownerId)
    const to = travelsUp ? pick(world.engagements.filter((one) => one.employerId === parent?.audienceId), event.to) : undefined
    if (parent && to) give(world, parent.fileId, to.id, "shared_on", -3, event.until, parent.id)
  }
  if (event.kind === "end") {
    const grant = pick(world.grants, event.grant)
    if (grant) grant.endedAt ??= moment(world, event.at)
  }
  if (event.kind === "read") {
    const read = { accountId: pick(world.accounts, event.account)?.id, fileId: pick(world.files, event.file)?.id }
    const { accountId, fileId } = read
    if (accountId && fileId && !world.reads.some((one) => one.accountId === accountId && one.fileId === fileId)) world.reads.push({ accountId, fileId })
  }
  if (event.kind === "stray") {
    const file = pick(world.files, event.file)
    const audience = pick([...world.offices, ...world.employers, ...world.employees, ...world.engagements], event.audience)
    if (!file || !audience) return
    const grant = give(world, file.id, audience.id, event.reason, event.from, event.until, null)
    grant.endedAt = event.ended === null ? null : moment(world, event.ended)
  }
}

/** Employee to its employer; employer to its offices and its employees; office to its clients (product.md section 2.6). */
function stepsFrom(world: World, ownerId: string): string[] {
  const employee = world.employees.find((one) => one.id === ownerId)
  if (employee) return [employee.employerId]
  const offices = world.engagements.filter((one) => one.employerId === ownerId).map((one) => one.id)
  const staff = world.employees.filter((one) => one.employerId === ownerId).map((one) => one.id)
  const clients = world.engagements.filter((one) => one.officeId === ownerId).map((one) => one.employerId)
  return [...offices, ...staff, ...clients]
}

/** By one of the employer's offices, or by the employer itself. Only a delivery that was sent has become files. */
function deliver(world: World, event: Extract<Happening, { kind: "delivery" }>): void {
  const employer = pick(world.employers, event.employer)
  if (!employer) return
  const engagement = pick([undefined, ...world.engagements.filter((one) => one.employerId === employer.id)], event.by)
  const senderId = engagement?.officeId ?? employer.id
  const delivery: World["deliveries"][number] = {
    id: randomUUID(), employerId: employer.id, audienceId: engagement?.id ?? employer.id, senderId, state: event.state, uploadId: randomUUID(), items: [],
  }
  world.deliveries.push(delivery)
  const staff = world.employees.filter((employee) => employee.employerId === employer.id)
  const receivers = new Set(event.payslips.flatMap((nr) => pick(staff, nr) ?? []))
  const toSender: Given[] = engagement ? [{ audienceId: engagement.id, reason: "delivered", from: -3 }] : []
  const toEmployer: Given = { audienceId: employer.id, reason: "delivered", from: event.employerFirst ? -3 : event.from }
  for (const { id } of receivers) addItem(world, delivery, id, id, [{ audienceId: id, reason: "placed", from: event.from }, toEmployer, ...toSender])
  if (event.hasDocument) addItem(world, delivery, employer.id, null, [{ ...toEmployer, reason: "placed" }, ...toSender])
  if (event.hasParked) delivery.items.push({ id: randomUUID(), employeeId: null, dossierId: dossierOf(world, employer.id), fileId: null })
}

function addItem(world: World, delivery: World["deliveries"][number], ownerId: string, employeeId: string | null, grants: Given[]): void {
  const fileId = delivery.state === "sent" ? placeFile(world, ownerId, "payroll", delivery.senderId, delivery.id, grants) : null
  delivery.items.push({ id: randomUUID(), employeeId, dossierId: dossierOf(world, ownerId), fileId })
}

type Given = { audienceId: string; reason: Reason; from: number }

function placeFile(world: World, ownerId: string, origin: "payroll" | "own", senderId: string, deliveryId: string | null, grants: Given[]): string {
  const id = randomUUID()
  world.files.push({ id, dossierId: dossierOf(world, ownerId), ownerId, origin, senderId, deliveryId })
  for (const { audienceId, reason, from } of grants) give(world, id, audienceId, reason, from, null, null)
  return id
}

function give(world: World, fileId: string, audienceId: string, reason: Reason, from: number, until: number | null, parentId: string | null): World["grants"][number] {
  const endsAt = until === null ? null : moment(world, until)
  const startsAt = moment(world, from)
  const grant: World["grants"][number] = { id: randomUUID(), fileId, audienceId, reason, parentId, startsAt, endsAt, endedAt: null }
  world.grants.push(grant)
  return grant
}

function dossierOf(world: World, ownerId: string): string {
  return world.dossiers.find((dossier) => dossier.ownerId === ownerId)?.id ?? ""
}

function moment(world: World, hoursFromNow: number): Date {
  return new Date(world.now.getTime() + hoursFromNow * 3_600_000)
}

function pick<T>(list: readonly T[], nr: number): T | undefined {
  return list[nr % list.length]
}

import { randomUUID } from "node:crypto"
import type { Happening, World } from "../../support/worlds.ts"
import { grantsOf, isLive, isSenders } from "./oracle.ts"

type Grant = World["grants"][number]
type Told<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>
/** A grant as it is given when a file is placed: to whom, why, and from how many hours from now. */
type Given = { audienceId: string; reason: Grant["reason"]; from: number }

/** Lets one thing happen in a world. What has nothing to happen to does not happen. */
export function happen(world: World, event: Happening): void {
  if (event.kind === "delivery") deliver(world, event)
  else if (event.kind === "upload") upload(world, event)
  else if (event.kind === "share") share(world, event)
  else if (event.kind === "share-on") shareOn(world, event)
  else if (event.kind === "end") endGrant(world, event)
  else if (event.kind === "bin" || event.kind === "restore") bin(world, event)
  else if (event.kind === "move") move(world, event)
  else if (event.kind === "ask-office") askOffice(world, event)
  else if (event.kind === "read") read(world, event)
  else stray(world, event)
}

/** By one of the employer's offices, or by the employer itself. Only a delivery that was sent has become files. */
function deliver(world: World, event: Told<"delivery">): void {
  const employer = pick(world.employers, event.employer)
  if (!employer) return
  const engagement = pick([undefined, ...world.engagements.filter((one) => one.employerId === employer.id)], event.by)
  const sender = { audienceId: engagement?.id ?? employer.id, senderId: engagement?.officeId ?? employer.id }
  const isLaid = engagement !== undefined && (event.isLaid || event.state === "reviewing")
  const delivery: World["deliveries"][number] = {
    id: randomUUID(),
    employerId: employer.id,
    ...sender,
    state: event.state,
    roundId: isLaid ? randomUUID() : null,
    isOpen: isLaid && !["draft", "staged"].includes(event.state),
    uploadId: randomUUID(),
    items: [],
  }
  world.deliveries.push(delivery)
  const staff = world.employees.filter((one) => one.employerId === employer.id)
  const receivers = new Set(event.payslips.flatMap((nr) => pick(staff, nr) ?? []))
  const toSender: Given[] = engagement ? [{ audienceId: engagement.id, reason: "delivered", from: -3 }] : []
  const toEmployer: Given = { audienceId: employer.id, reason: "delivered", from: event.employerFirst ? -3 : event.from }
  const addItem = (ownerId: string, employeeId: string | null, grants: Given[]) => {
    const kind = event.isOverview ? "series-overview" : employeeId ? "payslip" : "journal-entry"
    const file = { ownerId, origin: "payroll" as const, kind, senderId: sender.senderId, deliveryId: delivery.id }
    const fileId = event.state === "sent" ? placeFile(world, file, grants) : null
    delivery.items.push({ id: randomUUID(), employeeId, dossierId: dossierOf(world, ownerId), fileId })
  }
  for (const { id } of receivers) addItem(id, id, [{ audienceId: id, reason: "placed", from: event.from }, toEmployer, ...toSender])
  if (event.hasDocument || event.isOverview) addItem(employer.id, null, [{ ...toEmployer, reason: "placed" }, ...toSender])
  if (event.isRecalled) withdraw(world, delivery.id)
  if (event.hasParked) delivery.items.push({ id: randomUUID(), employeeId: null, dossierId: dossierOf(world, employer.id), fileId: null })
}

/** What one uploads is an own file, whatever a row calls it. */
function upload(world: World, event: Told<"upload">): void {
  const owners = { office: world.offices, employer: world.employers, employee: world.employees }[event.by]
  const owner = pick<{ id: string }>(owners, event.party)
  if (!owner) return
  const file = { ownerId: owner.id, origin: "own" as const, kind: event.by === "employer" ? "series-overview" : "other", senderId: owner.id, deliveryId: null }
  placeFile(world, file, [{ audienceId: owner.id, reason: "placed", from: -30_000 }])
}

/** An own file, one step: employee to its employer; employer to its offices and its employees; office to its clients. */
function share(world: World, event: Told<"share">): void {
  const ownFiles = world.files.filter((one) => one.origin === "own")
  const file = pick(ownFiles, event.file)
  const audienceId = file && pick(stepsFrom(world, file.ownerId), event.to)
  if (file && audienceId) give(world, file.id, { audienceId, reason: "shared", from: event.from, until: event.until })
}

function stepsFrom(world: World, ownerId: string): string[] {
  const employee = world.employees.find((one) => one.id === ownerId)
  if (employee) return [employee.employerId]
  const offices = world.engagements.filter((one) => one.employerId === ownerId).map((one) => one.id)
  const staff = world.employees.filter((one) => one.employerId === ownerId).map((one) => one.id)
  const clients = world.engagements.filter((one) => one.officeId === ownerId).map((one) => one.employerId)
  return [...offices, ...staff, ...clients]
}

/** In the direction it travels: what an employee shared with its employer, from there to one of that employer's offices. */
function shareOn(world: World, event: Told<"share-on">): void {
  const fromEmployees = world.files.filter((file) => world.employees.some((one) => one.id === file.ownerId)).map((file) => file.id)
  const shares = world.grants.filter((grant) => grant.reason === "shared" && fromEmployees.includes(grant.fileId))
  const parent = pick(shares, event.share)
  const offices = world.engagements.filter((one) => one.employerId === parent?.audienceId)
  const to = pick(offices, event.to)
  if (!parent || !to) return
  give(world, parent.fileId, { audienceId: to.id, reason: "shared_on", from: -3, until: event.until, parentId: parent.id })
}

function endGrant(world: World, event: Told<"end">): void {
  const grant = pick(world.grants, event.grant)
  if (grant) grant.endedAt ??= moment(world, event.at)
}

/** Into the bin, or out of it: own files only. */
function bin(world: World, event: Told<"bin"> | Told<"restore">): void {
  const file = pick(world.files.filter((one) => one.origin === "own"), event.file)
  if (file) file.isBinned = event.kind === "bin"
}

/** To another office, an hour ago; to the same one again too. What was not sent by then is no more. */
function move(world: World, event: Told<"move">): void {
  const employer = pick(world.employers, event.employer)
  const office = pick(world.offices, event.office)
  if (!employer || !office) return
  const former = world.engagements.find((one) => one.employerId === employer.id && one.endedAt === null)
  if (former) former.endedAt = moment(world, -1)
  const audienceId = former?.id ?? employer.id
  world.deliveries = world.deliveries.filter((one) => one.audienceId !== audienceId || one.state === "sent")
  world.engagements.push({ id: randomUUID(), officeId: office.id, employerId: employer.id, startedAt: moment(world, -1), endedAt: null })
}

/** An employer chooses an office, and confirms or not; the office says no, or has not answered yet. Who is waiting chooses no second one. */
function askOffice(world: World, event: Told<"ask-office">): void {
  const employer = pick(world.employers, event.employer)
  const office = pick(world.offices, event.office)
  if (!employer || !office || world.moves.some((one) => one.employerId === employer.id && one.answeredAt === null)) return
  const askedAt = event.isConfirmed ? moment(world, -2) : null
  world.moves.push({ id: randomUUID(), employerId: employer.id, officeId: office.id, askedAt, answeredAt: event.isAnswered ? moment(world, -1) : null })
}

function read(world: World, event: Told<"read">): void {
  const accountId = pick(world.accounts, event.account)?.id
  const fileId = pick(world.files, event.file)?.id
  const isNew = !world.reads.some((one) => one.accountId === accountId && one.fileId === fileId)
  if (accountId && fileId && isNew) world.reads.push({ accountId, fileId })
}

/** By its sender, who sees it: from then on nobody else does. */
function withdraw(world: World, deliveryId: string): void {
  const file = world.files.find((one) => one.deliveryId === deliveryId)
  const live = grantsOf(world).filter((one) => one.fileId === file?.id && isLive(world, one))
  const by = live.find((one) => isSenders(world, one) && !world.engagements.some(({ id, endedAt }) => id === one.audienceId && endedAt !== null))
  if (!file || !by) return
  world.withdrawals.push({ fileId: file.id, byAudienceId: by.audienceId, hadIt: [...new Set(live.filter((one) => !isSenders(world, one)).map((one) => one.audienceId))] })
}

/** What no rule of the product would do, but a row can say: any file seen by anybody, for any reason. */
function stray(world: World, event: Told<"stray">): void {
  const file = pick(world.files.filter((one) => !world.withdrawals.some(({ fileId }) => fileId === one.id)), event.file)
  const audience = pick<{ id: string }>([...world.offices, ...world.employers, ...world.employees, ...world.engagements, ...world.employers.map((one) => ({ id: one.overviewsId }))], event.audience)
  if (!file || !audience) return
  const grant = give(world, file.id, { audienceId: audience.id, reason: event.reason, from: event.from, until: event.until })
  grant.endedAt = event.ended === null ? null : moment(world, event.ended)
}

function placeFile(world: World, file: Omit<World["files"][number], "id" | "dossierId" | "isBinned">, grants: Given[]): string {
  const id = randomUUID()
  world.files.push({ id, dossierId: dossierOf(world, file.ownerId), isBinned: false, ...file })
  for (const grant of grants) give(world, id, grant)
  return id
}

function give(world: World, fileId: string, given: Given & { until?: number | null; parentId?: string }): Grant {
  const { audienceId, reason, from, until = null, parentId = null } = given
  const endsAt = until === null ? null : moment(world, until)
  const grant: Grant = { id: randomUUID(), fileId, audienceId, reason, parentId, startsAt: moment(world, from), endsAt, endedAt: null }
  world.grants.push(grant)
  return grant
}

function dossierOf(world: World, ownerId: string): string {
  return world.dossiers.find((dossier) => dossier.ownerId === ownerId)?.id ?? ""
}

/** So many hours from the world's now. */
export function moment(world: World, hoursFromNow: number): Date {
  return new Date(world.now.getTime() + hoursFromNow * 3_600_000)
}

/** The one with this number, wrapping around at the end; none of an empty list. */
export function pick<T>(list: readonly T[], nr: number): T | undefined {
  return list[nr % list.length]
}

import { createHash } from "node:crypto"
import type { World } from "../../support/worlds.ts"

/** An account acting for a party, or claiming to. */
export type Claim = { accountId: string; partyId: string }

/** Everything that can be in or out of sight. */
export const things = [
  "audience",
  "office",
  "employer",
  "engagement",
  "employee",
  "account",
  "role",
  "client",
  "dossier",
  "key",
  "file",
  "grant",
  "read",
  "delivery",
  "upload",
  "item",
  "round",
  "move",
  "link",
  "usage",
  "withdrawal",
  "receiver",
] as const

export type Thing = (typeof things)[number]

/** Ids per thing, sorted. */
export type Sight = Record<Thing, string[]>

/**
 * What a claim lets somebody see of a world: what the product promises about who sees what, in plain words, knowing nothing of the
 * database. A claim that does not hold, because there is no such account or it is blocked, or has no such role any more, sees nothing.
 */
export function sightOf(world: World, { accountId, partyId }: Claim): Sight {
  const holds = holdsUp(world, { accountId, partyId })
  const me = actsAs(world, { accountId, partyId })
  const isEmployer = holds && world.employers.some((employer) => employer.id === me)
  const running = world.engagements.filter((one) => isRunning(one, world.now))
  const own = carried(world, { accountId, partyId })
  const audiences = holds ? new Set([me, ...own.map((one) => one.id)]) : new Set<string>()
  const customers = new Set(isEmployer ? [me] : own.map((one) => one.employerId))

  const employees = world.employees.filter((one) => audiences.has(one.id) || customers.has(one.employerId))
  const workplace = world.employees.find((one) => audiences.has(one.id))?.employerId
  const cabinets = new Set([...audiences, ...customers, ...employees.map((one) => one.id)])
  const ownOffice = running.filter((one) => isEmployer && one.employerId === me).map((one) => one.officeId)
  const dossiers = world.dossiers.filter((one) => cabinets.has(one.ownerId))
  const grants = grantsOf(world).filter((grant) => audiences.has(grant.audienceId) && isLive(world, grant))
  const files = world.files.filter((file) => grants.some((grant) => grant.fileId === file.id))
  const acting = roleOf(world, { accountId, partyId })
  const mine = world.deliveries.filter((one) => audiences.has(one.audienceId))
  const laid = world.deliveries.filter((one) => isEmployer && acting?.rank === "owner" && one.employerId === me && one.roundId !== null)
  const opened = laid.filter((one) => one.isOpen)
  const roles = world.roles.filter((one) => holds && (one.accountId === accountId || (acting?.rank === "owner" && one.partyId === partyId)))

  return {
    audience: sorted(audiences),
    office: sorted([...ids(world.offices.filter((one) => audiences.has(one.id))), ...ownOffice]),
    employer: sorted([...customers, ...(workplace ? [workplace] : [])]),
    engagement: sorted(isEmployer ? ids(world.engagements.filter((one) => one.employerId === me)) : ids(own)),
    employee: sorted(ids(employees)),
    account: sorted(holds ? [accountId, ...roles.filter((one) => one.partyId === partyId).map((one) => one.accountId)] : []),
    role: sorted(ids(roles)),
    client: sorted(roles.flatMap((one) => (one.clients ?? []).map((employer) => one.id + employer))),
    dossier: sorted(ids(dossiers)),
    key: sorted([...ids(dossiers), ...files.map((file) => file.dossierId)]),
    file: sorted(ids(files)),
    grant: sorted(ids(grants)),
    read: sorted(world.reads.filter((one) => holds && one.accountId === accountId).map((one) => one.fileId)),
    delivery: sorted(ids([...mine, ...laid])),
    upload: sorted(mine.map((one) => one.uploadId)),
    item: sorted(ids([...mine.flatMap((one) => one.items), ...opened.flatMap((one) => one.items.filter(({ fileId }) => fileId === null || files.some((file) => file.id === fileId)))])),
    round: sorted([...mine, ...laid].flatMap((one) => one.roundId ?? [])),
    move: sorted(ids(world.moves.filter((one) => holds && (one.employerId === me || (one.officeId === me && one.askedAt !== null && acting?.clients === null))))),
    link: sorted(ids(world.links.filter((one) => holds && one.accountId === accountId))),
    withdrawal: sorted(world.withdrawals.filter((one) => [one.byAudienceId, ...one.hadIt].some((id) => audiences.has(id))).map((one) => one.fileId)),
    receiver: sorted(world.withdrawals.flatMap((one) => one.hadIt.filter((id) => audiences.has(id) || audiences.has(one.byAudienceId)).map((id) => one.fileId + id))),
    usage: sorted(world.files.filter((one) => holds && one.origin === "own" && one.ownerId === me).map((one) => one.dossierId)),
  }
}

/**
 * As whom somebody acts: as the party itself, all of it; or as those of an employer who see its series overviews, who are no employer and may be told nothing
 * that is told to one.
 */
export function actsAs(world: World, { accountId, partyId }: Claim): string {
  const role = world.roles.find((one) => one.accountId === accountId && one.partyId === partyId)
  return (role?.rank === "overviews" && world.employers.find((one) => one.id === partyId)?.overviewsId) || partyId
}

/** Every grant there is. A series overview of payroll that is placed with an employer, is placed with who sees its overviews too, for as long. */
export function grantsOf(world: World): World["grants"] {
  const overviews = world.files.filter((one) => one.origin === "payroll" && one.kind === "series-overview").map((one) => one.id)
  const followers = world.grants.filter((one) => one.reason === "placed" && overviews.includes(one.fileId)).flatMap((grant) =>
    world.employers.filter((one) => one.id === grant.audienceId).map(({ overviewsId }) => ({ ...grant, id: asOverviews(grant.id), audienceId: overviewsId, parentId: grant.id })),
  )
  return [...world.grants, ...followers]
}

/** The id that a test gives the grant by which the overviews of an employer see what this grant shows the employer. */
function asOverviews(id: string): string {
  return createHash("md5").update(`${id} for the overviews`).digest("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

/**
 * "Wie ziet dit?", as this one is told: the names of the parties that can see a file now, and "" for those it may not know of. An office that sees it
 * through a client is named as itself. Who sees an employer's overviews is told to that employer, while there is such a colleague, and to nobody else.
 */
export function whoSees(world: World, claim: Claim, fileId: string): string[] {
  const grants = grantsOf(world).filter((grant) => grant.fileId === fileId && isLive(world, grant))
  const parties = grants.flatMap(({ audienceId }) => {
    const engagement = world.engagements.find((one) => one.id === audienceId)
    if (engagement) return isRunning(engagement, world.now) ? [engagement.officeId] : []
    const employer = world.employers.find((one) => one.overviewsId === audienceId)
    if (employer) return employer.id === actsAs(world, claim) && hasOverviewers(world, employer.id) ? [audienceId] : []
    return [audienceId]
  })
  return sorted([...new Set(parties.map((id) => (mayKnow(world, claim, fileId, id) ? nameOf(world, id) : "")))])
}

function hasOverviewers(world: World, employerId: string): boolean {
  return world.roles.some((one) => one.partyId === employerId && one.rank === "overviews" && holdsUp(world, one))
}

function nameOf(world: World, id: string): string {
  const overviewsOf = world.employers.find((one) => one.overviewsId === id)
  if (overviewsOf) return `${overviewsOf.name}, overviews`
  return [...world.offices, ...world.employers, ...world.employees].find((party) => party.id === id)?.name ?? "nobody"
}

/** Owner and sender know everybody. The others know the owner, offices, themselves, where they work, and the employers they work for with their people. */
function mayKnow(world: World, claim: Claim, fileId: string, other: string): boolean {
  const me = actsAs(world, claim)
  if (world.employers.some((one) => one.overviewsId === other)) return true
  const file = world.files.find((one) => one.id === fileId)
  if ([file?.ownerId, file?.senderId].includes(me) || [file?.ownerId, me].includes(other) || world.offices.some((one) => one.id === other)) return true
  const employer = world.employees.find((one) => one.id === other)?.employerId ?? other
  const isMine = employer === me || carried(world, claim).some((one) => one.employerId === employer)
  return isMine || world.employees.find((one) => one.id === me)?.employerId === other
}

/** Whether there is such an account, not blocked, that holds this role today. */
export function holdsUp(world: World, { accountId, partyId }: Claim): boolean {
  const account = world.accounts.find((one) => one.id === accountId)
  const role = world.roles.find((one) => one.accountId === accountId && one.partyId === partyId)
  return account !== undefined && !account.isBlocked && role !== undefined && role.endedAt === null
}

/** The live role that a claim is about. */
export function roleOf(world: World, claim: Claim): World["roles"][number] | undefined {
  return holdsUp(world, claim) ? world.roles.find((one) => one.accountId === claim.accountId && one.partyId === claim.partyId) : undefined
}

/** The running engagements that somebody of an office carries: all of the office's, or those of the clients that the role is for. */
export function carried(world: World, claim: Claim): World["engagements"] {
  const role = roleOf(world, claim)
  return world.engagements.filter((one) => role && one.officeId === claim.partyId && isRunning(one, world.now) && (role.clients === null || role.clients.includes(one.employerId)))
}

/** Whether an office works for an employer at this moment. */
export function isRunning(engagement: World["engagements"][number], now: Date): boolean {
  return engagement.startedAt <= now && (engagement.endedAt === null || engagement.endedAt > now)
}

/** The own files that somebody finds in the bin: those of the party itself, and nobody else's. */
export function binOf(world: World, claim: Claim): string[] {
  return sorted(ids(world.files.filter((file) => holdsUp(world, claim) && file.isBinned && file.ownerId === actsAs(world, claim))))
}

/** The shares of a file that somebody may end: all that count now for its owner, and for who shared it on, those. Of an office that went nothing is told. */
export function sharesOf(world: World, claim: Claim, fileId: string): string[] {
  const isNamed = (id: string) => !world.engagements.some((one) => one.id === id && !isRunning(one, world.now))
  const owner = world.files.find((one) => one.id === fileId)?.ownerId
  const me = actsAs(world, claim)
  const isTheirs = (parentId: string | null) => owner === me || world.grants.some((one) => one.id === parentId && one.audienceId === me)
  const shares = world.grants.filter((one) => one.fileId === fileId && one.reason.startsWith("shared") && isLive(world, one) && isNamed(one.audienceId))
  return holdsUp(world, claim) ? sorted(ids(shares.filter((one) => isTheirs(one.parentId)))) : []
}

/** From its beginning until its end, while its file is not in the bin; what was withdrawn for its sender alone; and for what was shared on, no longer than what it came from. */
export function isLive(world: World, grant: World["grants"][number]): boolean {
  const { now } = world
  if (world.withdrawals.some((one) => one.fileId === grant.fileId) && !isSenders(world, grant)) return false
  if (world.files.some((file) => file.id === grant.fileId && file.isBinned)) return false
  const parent = world.grants.find((one) => one.id === grant.parentId)
  if (grant.parentId !== null && (!parent || !isLive(world, parent))) return false
  return grant.startsAt <= now && (grant.endsAt === null || now < grant.endsAt) && grant.endedAt === null
}

/** Whether a grant shows a file to the party that sent it: itself, or an office for the client that it works or worked for. */
export function isSenders(world: World, { fileId, audienceId }: World["grants"][number]): boolean {
  const sender = world.files.find((one) => one.id === fileId)?.senderId
  return audienceId === sender || world.engagements.some((one) => one.id === audienceId && one.officeId === sender)
}

function ids(list: readonly { id: string }[]): string[] {
  return list.map((one) => one.id)
}

function sorted(list: Iterable<string>): string[] {
  return [...new Set(list)].sort()
}

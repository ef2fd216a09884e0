import type { World } from "../../support/worlds.ts"
import { carried, holdsUp, isLive, isRunning, roleOf, sightOf, type Claim } from "./oracle.ts"

/** What somebody tries with a file. */
export type Act =
  | { kind: "share"; fileId: string; to: string; until: Date | null }
  | { kind: "end"; fileId: string; shareId: string }
  | { kind: "bin" | "restore"; fileId: string }

type Grant = World["grants"][number]

/** What came of it: refused, or how much was done; and the share that was added, which has no id until the database gave one. */
export type Outcome = { done: number | null; added: Grant | null }

const refused: Outcome = { done: null, added: null }

/**
 * Lets somebody try something in a world, by what the product promises about sharing, in plain words: one step at a time, only what is one's own or came
 * from one's own people, never longer than what it came from, and ended with it. Changes the world when it is allowed.
 */
export function tryIn(world: World, claim: Claim, act: Act): Outcome {
  if (["reader", "overviews"].includes(roleOf(world, claim)?.rank ?? "")) return refused
  if (act.kind === "share") return share(world, claim, act)
  if (act.kind === "end") return end(world, claim, act)
  const file = world.files.find((one) => one.id === act.fileId)
  const isTheirs = file?.origin === "own" && file.ownerId === claim.partyId && holdsUp(world, claim)
  if (!file || !isTheirs || file.isBinned === (act.kind === "bin")) return { done: 0, added: null }
  file.isBinned = act.kind === "bin"
  return { done: 1, added: null }
}

/** Everybody that this party's own files can go to, when this one shares them. */
export function reachOf(world: World, claim: Claim): string[] {
  const { partyId } = claim
  const running = world.engagements.filter((one) => isRunning(one, world.now))
  return [
    ...world.employees.filter((one) => one.id === partyId).map((one) => one.employerId),
    ...running.filter((one) => one.employerId === partyId).map((one) => one.id),
    ...world.employees.filter((one) => one.employerId === partyId).map((one) => one.id),
    ...carried(world, claim).map((one) => one.employerId),
  ]
}

function share(world: World, claim: Claim, { fileId, to, until }: Extract<Act, { kind: "share" }>): Outcome {
  const step = stepTo(world, claim, fileId, to)
  if (!step) return refused
  const endsAt = earliest(step.parent?.endsAt ?? null, until)
  const known = world.grants.find((one) => one.fileId === fileId && one.audienceId === to && one.reason === step.reason && one.parentId === (step.parent?.id ?? null) && one.endedAt === null)
  if (!known) {
    const added: Grant = { id: "", fileId, audienceId: to, reason: step.reason, parentId: step.parent?.id ?? null, startsAt: world.now, endsAt, endedAt: null }
    world.grants.push(added)
    return { done: 1, added }
  }
  known.endsAt = endsAt
  for (const on of world.grants.filter((one) => one.parentId === known.id && one.endedAt === null)) on.endsAt = earliest(on.endsAt, endsAt)
  return { done: 0, added: null }
}

function stepTo(world: World, claim: Claim, fileId: string, to: string): { reason: "shared" | "shared_on"; parent: Grant | null } | null {
  const file = world.files.find((one) => one.id === fileId)
  if (!file || file.origin !== "own" || !sightOf(world, claim).file.includes(fileId)) return null
  if (file.ownerId === claim.partyId) return reachOf(world, claim).includes(to) ? { reason: "shared", parent: null } : null
  const isFromOwnPeople = world.employees.some((one) => one.id === file.ownerId && one.employerId === claim.partyId)
  const isOwnOffice = world.engagements.some((one) => one.id === to && one.employerId === claim.partyId && isRunning(one, world.now))
  const parent = world.grants.find((one) => one.fileId === fileId && one.audienceId === claim.partyId && one.reason === "shared" && isLive(world, one))
  return isFromOwnPeople && isOwnOffice && parent ? { reason: "shared_on", parent } : null
}

function end(world: World, claim: Claim, { fileId, shareId }: Extract<Act, { kind: "end" }>): Outcome {
  const share = world.grants.find((one) => one.id === shareId && one.fileId === fileId && one.reason.startsWith("shared"))
  const parent = world.grants.find((one) => one.id === share?.parentId)
  const owner = world.files.find((one) => one.id === fileId)?.ownerId
  if (!share || !holdsUp(world, claim) || (owner !== claim.partyId && parent?.audienceId !== claim.partyId)) return refused
  const ending = [share, ...world.grants.filter((one) => one.parentId === share.id)].filter((one) => one.endedAt === null)
  for (const one of ending) one.endedAt = world.now
  return { done: ending.length, added: null }
}

function earliest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

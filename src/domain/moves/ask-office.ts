import { asSystem, asSystemOnce, asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { blindIndex } from "#platform/secrets.ts"
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findEngagement } from "../parties/find-engagement.ts"
import { findOfficeByNumber } from "../parties/find-office.ts"
import { assertAllClients } from "../staff/assert-all-clients.ts"
import { addTry, findMove, findOpenMoveOf, findOpenMoves, holdMovesOf, holdOpenMove, insertMove, updateMove, type MoveRow } from "./move-repository.ts"

/** An employer's office now, and the office it chose or asked. */
export type OfficeChoice = { officeName: string | null; move: { id: string; officeName: string; isAsked: boolean } | null }

/** Which office works for the viewer's business, and whether another one was chosen. Forbidden for anybody but an employer. */
export async function viewOfficeChoice(viewer: Viewer): Promise<OfficeChoice> {
  if (viewer.kind !== "employer") throw new Forbidden()
  return asViewer(viewer, async (tx) => {
    const engagement = await findEngagement(tx, viewer.partyId)
    const [move] = await findOpenMoves(tx)
    return { officeName: engagement?.officeName ?? null, move: move ? { id: move.id, officeName: move.officeName, isAsked: move.askedAt !== null } : null }
  })
}

const hour = 60 * 60_000
const perHour = 10

/**
 * An employer chooses an office by its client number; the office hears nothing until the employer confirms. Invalid when there is none with that
 * number, Conflict when it works for the employer already or another question is open, TooMany after ten tries in an hour.
 */
export async function chooseOffice(viewer: Viewer, input: { clientNumber: string }, now: Date): Promise<void> {
  if (viewer.kind !== "employer") throw new Forbidden()
  assertMayChange(viewer)
  const windowAt = new Date(Math.floor(now.getTime() / hour) * hour)
  const tries = await addTry(asSystemOnce("move-employer"), blindIndex("attempt", `office:${viewer.partyId}`), windowAt)
  if (tries > perHour) throw new TooMany("move-too-many")
  await asSystem("move-employer", async (tx) => {
    await holdMovesOf(tx, viewer.partyId)
    const office = await findOfficeByNumber(tx, input.clientNumber)
    if (!office) throw new Invalid("move-office-unknown", { field: "clientNumber" })
    if ((await findEngagement(tx, viewer.partyId))?.officeId === office.id) throw new Conflict("move-same-office", { field: "clientNumber" })
    if (await findOpenMoveOf(tx, viewer.partyId)) throw new Conflict("move-open")
    const { name } = await findEmployerById(tx, viewer.partyId)
    await insertMove(tx, { id: newId(), employerId: viewer.partyId, officeId: office.id, employerName: name, officeName: office.name, askedBy: viewer.accountId })
  })
}

/** The employer confirms: from now on the office may answer. NotFound for anybody else's, Conflict when it was answered or withdrawn; twice is harmless. */
export async function confirmOffice(viewer: Viewer, input: { moveId: string }, now: Date): Promise<void> {
  await onOpenMove(viewer, "employer", input.moveId, async (tx, move) => {
    if (move.askedAt) return
    await updateMove(tx, move.id, { askedAt: now })
    await note(tx, viewer, move, "office-move.asked", [move.employerId, move.officeId])
  })
}

/** The employer thinks better of it. */
export async function withdrawOffice(viewer: Viewer, input: { moveId: string }, now: Date): Promise<void> {
  await onOpenMove(viewer, "employer", input.moveId, async (tx, move) => {
    await updateMove(tx, move.id, { withdrawnAt: now })
    if (move.askedAt) await note(tx, viewer, move, "office-move.withdrawn", [move.employerId, move.officeId])
  })
}

/** The office says no. */
export async function declineEmployer(viewer: Viewer, input: { moveId: string }, now: Date): Promise<void> {
  await onOpenMove(viewer, "office", input.moveId, async (tx, move) => {
    await updateMove(tx, move.id, { declinedAt: now })
    await note(tx, viewer, move, "office-move.declined", [move.employerId, move.officeId])
  })
}

/** Does something with an open move that this viewer has a say in, held until the transaction ends. NotFound otherwise; Conflict when it is closed. */
export async function onOpenMove(viewer: Viewer, side: "employer" | "office", moveId: string, work: (tx: Transaction, move: MoveRow) => Promise<void>): Promise<void> {
  if (viewer.kind !== side) throw new NotFound()
  assertMayChange(viewer)
  if (side === "office") await assertAllClients(viewer)
  await asSystem("move-employer", async (tx) => {
    const known = await findMove(tx, moveId)
    const party = side === "employer" ? known?.employerId : known?.officeId
    if (!known || party !== viewer.partyId || (side === "office" && !known.askedAt)) throw new NotFound()
    await holdMovesOf(tx, known.employerId)
    const move = await holdOpenMove(tx, moveId)
    if (!move) throw new Conflict("move-closed")
    await work(tx, move)
  })
}

/** Notes what happened with a move in the chains of these parties. */
export async function note(tx: Transaction, viewer: Viewer, move: MoveRow, kind: "office-move.asked" | "office-move.withdrawn" | "office-move.declined" | "office-move.accepted", chains: readonly string[]): Promise<void> {
  const { accountId, partyId } = viewer
  await recordEvents(tx, chains.map((chainId) => ({ chainId, kind, accountId, partyId, subjectId: move.id })))
}

import { readAsAccount, readAtOnce, type Reader } from "#platform/database.ts"
import { letterName, listName } from "#policy/person-name.ts"
import { seesParty } from "#policy/ranks.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { unreadCount } from "../files/unread-count.ts"
import { findFrameNames, findRoles, type RoleRow } from "./frame-repository.ts"

/** A role of the account: what it is called on screen, and for an employee where. */
export type Role = { partyId: string; kind: PartyKind; name: string; at: string | null; clientNumber: string | null }

/**
 * What stands around every page: who this is, for whom, and how much is unread over all roles of the account (counted no further than 100).
 * `roles` are all of them, this one too, where there are several. `runsPayroll` is true for an office, and for an employer that no office works for.
 * `hasDeliveries` is true for an employer that sees deliveries, its own or laid before it; `laidBefore` is how many wait for its akkoord.
 */
export type Frame = { kind: PartyKind; name: string; at: string | null; clientNumber: string | null; runsPayroll: boolean; hasDeliveries: boolean; laidBefore: number; unread: number; roles: Role[] }

/** The frame as one role of an account sees it; `hasMore` when it holds others, which are read by themselves. */
export type FrameOfRole = Frame & { hasMore: boolean }

/** The frame of a viewer's pages. */
export async function viewFrame(viewer: Viewer): Promise<Frame> {
  return overAllRoles(viewer, await readAtOnce(viewer, (reader) => readFrame(reader, viewer)))
}

/** The frame of one role, where a viewer was entered already. To be completed by overAllRoles when that is done. */
export async function readFrame(reader: Reader, viewer: Viewer): Promise<FrameOfRole> {
  const [found, unread, role] = await Promise.all([findFrameNames(reader, viewer.partyId), unreadCount(reader), seesParty(viewer.rank) ? undefined : findOwnRole(reader, viewer)])
  const runsPayroll = viewer.kind === "office" || (viewer.kind === "employer" && seesParty(viewer.rank) && found?.servedByOffice === false)
  const { at = null, clientNumber = null } = found ?? {}
  return { kind: viewer.kind, name: nameOf(role ?? found), at, clientNumber, runsPayroll, hasDeliveries: found?.hasDeliveries ?? false, laidBefore: found?.laidBefore ?? 0, unread, roles: [], hasMore: (found?.roles ?? 0) > 1 }
}

/** The name of the role as a list of roles has it: for who does not see the party itself. */
async function findOwnRole(reader: Reader, viewer: Viewer): Promise<RoleRow | undefined> {
  return (await findRoles(reader)).find(({ partyId }) => partyId === viewer.partyId)
}

/** The viewer's own name as a sentence says it, "A. Aalders"; a firm's as it is. */
export async function letterNameOf(reader: Reader, viewer: Viewer): Promise<string> {
  const found = await findFrameNames(reader, viewer.partyId)
  return found?.surname ? letterName({ initials: found.initials, prefix: found.prefix, surname: found.surname }) : (found?.name ?? "")
}

/** Completes a frame with the other roles of the account and what is unread over all of them. Costs nothing for who holds one role, as most do. */
export async function overAllRoles(viewer: Viewer, { hasMore, ...frame }: FrameOfRole): Promise<Frame> {
  if (!hasMore) return frame
  const [rows, unread] = await readAsAccount(viewer, (reader) => Promise.all([findRoles(reader), unreadCount(reader)]))
  return { ...frame, unread, roles: rows.map(({ partyId, kind, at, clientNumber, ...names }) => ({ partyId, kind, at, clientNumber, name: nameOf(names) })) }
}

function nameOf(found: Pick<RoleRow, "name" | "initials" | "prefix" | "surname"> | null): string {
  return found?.surname ? listName({ initials: found.initials, prefix: found.prefix, surname: found.surname }) : (found?.name ?? "")
}

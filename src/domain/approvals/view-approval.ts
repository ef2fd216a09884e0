import { asViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { contentOfDelivery } from "../deliveries/content-of.ts"
import { findHistory, type EntryKind, type RoundRow } from "./approval-repository.ts"

/** `isOwn`: said or done on the viewer's side. */
export type ApprovalEntry = { id: string; kind: EntryKind; name: string; isOwn: boolean; comment: string | null; at: Date }

/** `hasLapsed`: akkoord was given, and what is in the delivery changed since; told to who sees what is in it. */
export type ApprovalRound = Pick<RoundRow, "id" | "number" | "publishAt" | "answer"> & { hasLapsed: boolean; entries: ApprovalEntry[] }

/** What was asked of the employer and answered. `mayNote`: the viewer may say something. */
export type ApprovalView = { rounds: ApprovalRound[]; openRoundId: string | null; mayNote: boolean }

/** The history of akkoord of a delivery, the first round first; empty when it was never laid before the employer, or is out of sight. */
export async function viewApproval(viewer: Viewer, input: { deliveryId: string }): Promise<ApprovalView> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => {
    const history = await findHistory(tx, input.deliveryId)
    const content = viewer.kind === "office" && history.length > 0 ? await contentOfDelivery(tx, input.deliveryId) : null
    const rounds = history.map(({ id, number, publishAt, answer, content: laid, entries }) => ({
      id, number, publishAt, answer,
      hasLapsed: answer === "approved" && content !== null && !Buffer.from(laid).equals(content),
      entries: entries.map(({ id: entryId, kind, name, partyId, comment, at }) => ({ id: entryId, kind, name, isOwn: partyId === viewer.partyId, comment, at })),
    }))
    return { rounds, openRoundId: rounds.find((round) => round.answer === null)?.id ?? null, mayNote: rounds.length > 0 && mayChange(viewer.rank) }
  })
}

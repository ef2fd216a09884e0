import { readAsViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { letterName } from "#policy/person-name.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { withdrawalReason, type WithdrawalReason } from "#policy/withdrawal-reasons.ts"
import { findFile } from "./file-repository.ts"
import { findReceivers, findVersions, findWithdrawal, type ReceiverRow, type WithdrawalRow } from "./recall-repository.ts"

/** Who had a file when it was withdrawn; `name` is null for who is there no more. `openedAt` is null for who had not opened it. */
export type Receiver = Pick<ReceiverRow, "party" | "name" | "openedAt" | "lastOpenedAt" | "openings">

/** A withdrawal as its sender sees it: what, when, why, and what each receiver had done. */
export type Withdrawal = Omit<WithdrawalRow, "reason" | "isSent"> & { reason: WithdrawalReason; receivers: Receiver[]; mailedAt: Date | null }

/** `note`: what the sender said when the older of the two was replaced. */
export type Version = { id: string; createdAt: Date; note: string | null }

/** `newer`: what came in its place. `earlier`: what it came in the place of, newest first. `mailedAt`: when a copy went by mail, which is not taken back. `withdrawal` is for its sender, who alone still sees the file. */
export type Recall = { fileId: string; mayWithdraw: boolean; mayReplace: boolean; newer: Version | null; earlier: Version[]; mailedAt: Date | null; withdrawal: Withdrawal | null }

/** The other versions of a file, whether it was withdrawn, and what its sender may do. NotFound for who does not see it. */
export async function viewRecall(viewer: Viewer, { fileId }: { fileId: string }): Promise<Recall> {
  return readAsViewer(viewer, async (reader) => {
    const [file, versions, row, receivers] = await Promise.all([
      findFile(reader, fileId, viewer.accountId), findVersions(reader, fileId), findWithdrawal(reader, fileId), findReceivers(reader, fileId),
    ])
    if (!file) throw new NotFound()
    const mayWithdraw = mayChange(viewer.rank) && file.origin === "payroll" && file.senderId === viewer.partyId && row === null
    return {
      fileId,
      mayWithdraw,
      mayReplace: mayWithdraw && file.replacedAt === null && file.mediaType === "application/pdf",
      newer: versions.find((one) => one.isNewer) ?? null,
      earlier: versions.filter((one) => !one.isNewer),
      mailedAt: file.mailedAt,
      withdrawal: row?.isSent ? toWithdrawal(row, receivers) : null,
    }
  })
}

/** What the sender of a withdrawn file needs for its data-breach file. NotFound for anybody else, and for what was not withdrawn. */
export async function viewWithdrawal(viewer: Viewer, { fileId }: { fileId: string }): Promise<Withdrawal> {
  return readAsViewer(viewer, async (reader) => {
    const [row, receivers] = await Promise.all([findWithdrawal(reader, fileId), findReceivers(reader, fileId)])
    if (!row?.isSent) throw new NotFound()
    return toWithdrawal(row, receivers)
  })
}

function toWithdrawal({ isSent: _isSent, ownerId: _owner, ...row }: WithdrawalRow & { mailedAt: Date | null; ownerId: string | null }, receivers: readonly ReceiverRow[]): Withdrawal {
  return {
    ...row,
    reason: withdrawalReason(row.reason),
    receivers: receivers.map(({ party, name, initials, prefix, ...opened }) => ({ party, name: party === "employee" && name !== null ? letterName({ initials, prefix, surname: name }) : name, ...opened })),
  }
}

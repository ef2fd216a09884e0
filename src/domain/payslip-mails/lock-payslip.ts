import { asSystem, asSystemOnce } from "#platform/database.ts"
import { lockPdf } from "#platform/pdf.ts"
import { newSecret, unseal } from "#platform/secrets.ts"
import { noteMailed } from "../files/note-mailed.ts"
import { payslipToMail } from "../files/payslip-to-mail.ts"
import { findMailed, findPassword } from "./payslip-mail-repository.ts"

/**
 * A payslip as it goes with a mail: locked with what its owner has to open it (AES-256, PDF 2.0), under a second password that nobody knows. Null when it may go no more: withdrawn or
 * replaced meanwhile, refused, switched off, no longer allowed, or somebody else's.
 */
export async function lockPayslip({ fileId, employeeId }: { fileId: string; employeeId: string }): Promise<Uint8Array | null> {
  const reader = asSystemOnce("mail-payslip")
  const payslip = await payslipToMail(reader, { fileId, ownerId: employeeId })
  if (!payslip || !(await findMailed(reader, payslip.senderId, [employeeId])).includes(employeeId)) return null
  const sealed = await findPassword(reader, employeeId)
  if (!sealed) return null
  return lockPdf(await payslip.read(), { toOpen: unseal("payslip-mail", sealed, employeeId).toString(), toChange: newSecret() })
}

/** Writes down that a copy of a payslip went by mail; once, also when it runs twice. */
export async function notePayslipMailed(input: { fileId: string; employeeId: string }, now: Date): Promise<void> {
  await asSystem("mail-payslip", (tx) => noteMailed(tx, input, now))
}

import { asSystem, asSystemOnce } from "#platform/database.ts"
import { lockPdf, PdfRefused } from "#platform/pdf.ts"
import { newSecret, unseal } from "#platform/secrets.ts"
import { isSameEmailAddress } from "#policy/email-address.ts"
import { noteMailed } from "../files/note-mailed.ts"
import { payslipToMail } from "../files/payslip-to-mail.ts"
import { partiesToMail } from "../parties/people-to-tell.ts"
import { findMailed, findPassword } from "./payslip-mail-repository.ts"

/**
 * A payslip as it goes with a mail: locked with what its owner has to open it (AES-256, PDF 2.0), under a second password that nobody knows. "not-wanted" when it may go no more: withdrawn or
 * replaced meanwhile, refused, switched off, no longer allowed, somebody else's, or to an address that is no longer the one in payroll; "not-lockable" for a damaged PDF.
 */
export async function lockPayslip({ fileId, employeeId, toAddress }: { fileId: string; employeeId: string; toAddress: string }): Promise<Uint8Array | "not-wanted" | "not-lockable"> {
  const reader = asSystemOnce("mail-payslip")
  const payslip = await payslipToMail(reader, { fileId, ownerId: employeeId })
  if (!payslip || !(await findMailed(reader, payslip.senderId, [employeeId])).includes(employeeId)) return "not-wanted"
  const address = (await partiesToMail(reader, [employeeId])).get(employeeId)
  if (!address || !isSameEmailAddress(address, toAddress)) return "not-wanted"
  const sealed = await findPassword(reader, employeeId)
  if (!sealed) return "not-wanted"
  const passwords = { toOpen: unseal("payslip-mail", sealed, employeeId).toString(), toChange: newSecret() }
  return lockPdf(await payslip.read(), passwords).catch((error: unknown) => {
    if (error instanceof PdfRefused) return "not-lockable" as const
    throw error
  })
}

/** Writes down that a copy of a payslip went by mail; once, also when it runs twice. */
export async function notePayslipMailed(input: { fileId: string; employeeId: string }, now: Date): Promise<void> {
  await asSystem("mail-payslip", (tx) => noteMailed(tx, input, now))
}

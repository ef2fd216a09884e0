import type { Transaction } from "#platform/database.ts"
import { keyToRead } from "../dossiers/dossier-key.ts"
import { readBytes } from "./keep-bytes.ts"
import { findPayslipToMail } from "./mailed-repository.ts"

/** A payslip in somebody's own dossier that counts still, with who sent it and how to read it; null for any other file. As the system. */
export async function payslipToMail(tx: Transaction, asked: { fileId: string; ownerId: string }): Promise<{ senderId: string; read: () => Promise<Uint8Array> } | null> {
  const file = await findPayslipToMail(tx, asked)
  return file && { senderId: file.senderId, read: async () => readBytes(await keyToRead(tx, file.dossierId), file.storageKey) }
}

import type { Transaction } from "#platform/database.ts"

export type RequestRow = { plannedId: string; fingerprint: Uint8Array | null; runningUntil: Date; status: number | null; answer: string | null; answerSealed: Uint8Array | null; createdAt: Date }

type Named = { keyId: string; name: string }

/** Begins to remember a request; false when one of this name is remembered. */
export async function insertRequest(tx: Transaction, request: Named & Pick<RequestRow, "plannedId" | "runningUntil" | "createdAt"> & { fingerprint: Uint8Array<ArrayBuffer> | null }): Promise<boolean> {
  return (await tx.apiRequest.createMany({ data: [request], skipDuplicates: true })).count === 1
}

/** A remembered request, held until the transaction ends. */
export async function holdRequest(tx: Transaction, { keyId, name }: Named): Promise<RequestRow | null> {
  await tx.$queryRaw`select name from api_request where key_id = ${keyId}::uuid and name = ${name} for update`
  return tx.apiRequest.findUnique({ where: { keyId_name: { keyId, name } }, select: { plannedId: true, fingerprint: true, runningUntil: true, status: true, answer: true, answerSealed: true, createdAt: true } })
}

/** Changes what is known of a request that was not answered yet. */
export async function updateRequest(
  tx: Transaction,
  { keyId, name }: Named,
  changed: { runningUntil?: Date; fingerprint?: Uint8Array<ArrayBuffer> | null; status?: number; answerSealed?: Uint8Array<ArrayBuffer> },
): Promise<void> {
  await tx.apiRequest.updateMany({ where: { keyId, name, status: null }, data: changed })
}

/** Forgets a request. With `unanswered` only while it has no answer. */
export async function deleteRequest(tx: Transaction, { keyId, name }: Named, { unanswered }: { unanswered: boolean }): Promise<void> {
  await tx.apiRequest.deleteMany({ where: { keyId, name, ...(unanswered ? { status: null } : {}) } })
}

/** Forgets what was asked before a moment; returns how many. */
export async function deleteRequestsBefore(tx: Transaction, before: Date): Promise<number> {
  return (await tx.apiRequest.deleteMany({ where: { createdAt: { lt: before } } })).count
}

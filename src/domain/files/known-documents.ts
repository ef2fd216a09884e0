import type { Transaction } from "#platform/database.ts"
import { findDocumentKeys, type DocumentKey } from "./file-repository.ts"

/** Tells who sent what a dossier has now of this kind, year and period, as far as the viewer sees; nobody when it has none. */
export async function knownDocuments(tx: Transaction, wanted: readonly DocumentKey[]): Promise<(key: DocumentKey) => readonly string[]> {
  const years = [...new Set(wanted.flatMap((key) => key.year ?? []))]
  const found = await findDocumentKeys(tx, [...new Set(wanted.map((key) => key.dossierId))], years)
  const known = Map.groupBy(found, documentKey)
  return (key) => (known.get(documentKey(key)) ?? []).map(({ senderId }) => senderId)
}

/** One text for a dossier's kind, year and period. */
export function documentKey({ dossierId, kind, year, period, periodKind }: DocumentKey): string {
  return `${dossierId}/${kind}/${year}/${period}/${periodKind}`
}

import type { Transaction } from "#platform/database.ts"
import { findDocumentKeys, type DocumentKey } from "./file-repository.ts"

/** Tells whether a dossier has a document of this kind, year and period already, as far as the viewer sees. */
export async function knownDocuments(tx: Transaction, wanted: readonly DocumentKey[]): Promise<(key: DocumentKey) => boolean> {
  const years = [...new Set(wanted.flatMap((key) => key.year ?? []))]
  const found = await findDocumentKeys(tx, [...new Set(wanted.map((key) => key.dossierId))], years)
  const known = new Set(found.map(documentKey))
  return (key) => known.has(documentKey(key))
}

/** One text for a dossier's kind, year and period. */
export function documentKey({ dossierId, kind, year, period }: DocumentKey): string {
  return `${dossierId}/${kind}/${year}/${period}`
}

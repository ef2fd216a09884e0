import { createHash } from "node:crypto"
import type { Transaction } from "#platform/database.ts"
import { findItems, type ItemRow } from "./item-repository.ts"

/** What is in a delivery, as 32 bytes that change with every document that comes, goes, or becomes another's or something else. */
export function contentOf(items: readonly ItemRow[]): Uint8Array<ArrayBuffer> {
  const parts = items.map(({ id, kind, year, period, periodKind, employeeId, dossierId, sha256 }) => [id, kind, year, period, periodKind, employeeId, dossierId, Buffer.from(sha256).toString("hex")].join("/"))
  return new Uint8Array(createHash("sha256").update(parts.toSorted().join("\n")).digest())
}

/** The content of a delivery as far as this transaction sees it. */
export async function contentOfDelivery(tx: Transaction, deliveryId: string): Promise<Uint8Array<ArrayBuffer>> {
  return contentOf(await findItems(tx, deliveryId))
}

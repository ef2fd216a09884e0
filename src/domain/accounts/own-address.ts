import { asSystemOnce } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findAccountHolder } from "./account-repository.ts"
import { addressesOf } from "./addresses-of.ts"

/** An address of the viewer's own account; null when it has none. */
export async function ownAddress({ accountId }: Viewer): Promise<string | null> {
  const holder = await findAccountHolder(asSystemOnce("mailbox"), { id: accountId })
  return holder ? (addressesOf(holder)[0] ?? null) : null
}

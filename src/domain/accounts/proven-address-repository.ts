import type { Transaction } from "#platform/database.ts"

/** The addresses that the holder of an account has shown to read, in lower case. */
export async function findProvenAddresses(tx: Transaction, accountId: string): Promise<Set<string>> {
  const rows = await tx.provenAddress.findMany({ where: { accountId }, select: { address: true } })
  return new Set(rows.map(({ address }) => address))
}

/** Notes that the holder of an account reads at an address. Twice is once. */
export async function insertProvenAddress(tx: Transaction, proven: { accountId: string; address: string; provenAt: Date }): Promise<void> {
  await tx.provenAddress.createMany({ data: [{ ...proven, address: proven.address.toLowerCase() }], skipDuplicates: true })
}

/** Forgets where the holder of an account reads, but for the addresses in `but`: elsewhere it may have been somebody else. */
export async function deleteProvenAddresses(tx: Transaction, accountId: string, { but = [] }: { but?: readonly string[] } = {}): Promise<void> {
  await tx.provenAddress.deleteMany({ where: { accountId, address: { notIn: but.map((one) => one.toLowerCase()) } } })
}

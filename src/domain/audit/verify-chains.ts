import { asSystem } from "#platform/database.ts"
import { findChainIds, findFirstBreak } from "./audit-repository.ts"

/** Walks every audit chain and tells which do not hold, with the number of the first event that does not fit. Empty when all is sound. */
export async function verifyChains(): Promise<{ chains: number; broken: { chainId: string; seq: number }[] }> {
  return asSystem("operate", async (tx) => {
    const ids = await findChainIds(tx)
    const broken: { chainId: string; seq: number }[] = []
    for (const chainId of ids) {
      const seq = await findFirstBreak(tx, chainId)
      if (seq !== null) broken.push({ chainId, seq })
    }
    return { chains: ids.length, broken }
  })
}

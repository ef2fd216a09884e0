import { readAsSystem } from "#platform/database.ts"
import { checkNextChains, type CheckedChain } from "./audit-repository.ts"

const batch = 200

/** Walks every chain of events that there is, a batch at a time; what is written meanwhile does no harm. Yields each with its first break, if any. */
export async function* checkChains(): AsyncGenerator<CheckedChain> {
  let after = "00000000-0000-0000-0000-000000000000"
  for (;;) {
    const chains = await checkNextChains(readAsSystem("check-chains"), after, batch)
    yield* chains
    const last = chains.at(-1)
    if (!last) return
    after = last.id
  }
}

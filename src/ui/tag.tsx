import type { TagData } from "./row-data.ts"

/** A state in a word: its shape says it too, so that colour is never alone. "past" is for what no longer counts. */
export function Tag({ state, children }: { state: TagData["state"]; children: string }) {
  return <span className={`tag ${state}`}>{children}</span>
}

import { redirect } from "next/navigation"
import { holdsBsn } from "#policy/search-words.ts"
import { numberIn, wordIn } from "./asked.ts"

/** What the address of a search asks. `isBsn` when a BSN was typed: it was taken out of the address, and nothing is sought. */
export type SearchQuery = { text: string; page: number; isBsn: boolean }

/** Reads ?q= and ?pagina= of an address. A BSN may stand in no address: whoever typed one is sent on without it. */
export function searchQuery(asked: Readonly<Record<string, string | string[] | undefined>>, here: string): SearchQuery {
  const text = wordIn(asked.q)
  if (holdsBsn(text)) redirect(`${here}?bsn`)
  return { text, page: numberIn(asked.pagina) ?? 1, isBsn: asked.bsn !== undefined }
}

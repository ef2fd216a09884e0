import { holdsBsn } from "#policy/search-words.ts"
import { numberIn, wordIn } from "./asked.ts"

/** What the address of a dossier page may ask: a year, what is sought in each of its sections, and an order. */
export type DossierQuery = { year: number | null; q: string; own: string; op: string }

/** Reads ?jaar= ?q= ?eigen= ?op= of an address. A year that cannot be one is no year, and a BSN is nothing to seek: it would go along in every link. */
export function dossierQuery(asked: Readonly<Record<string, string | string[] | undefined>>): DossierQuery {
  const year = numberIn(asked.jaar)
  return { year: year !== null && year >= 1900 ? year : null, q: soughtIn(asked.q), own: soughtIn(asked.eigen), op: wordIn(asked.op) }
}

function soughtIn(asked: string | string[] | undefined): string {
  const text = wordIn(asked)
  return holdsBsn(text) ? "" : text
}

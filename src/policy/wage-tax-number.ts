import { passesElevenTest } from "./bsn.ts"

/**
 * True for a loonheffingennummer in its one written form, 123456782L01: nine digits that pass the eleven test and do not start
 * with 000, an L, and a sub-number from 01 to 99.
 */
export function isWageTaxNumber(text: string): boolean {
  return /^[0-9]{9}L[0-9]{2}$/.test(text) && !text.startsWith("000") && !text.endsWith("L00") && passesElevenTest(text.slice(0, 9))
}

/** A wage tax number as people write it (spaces, dots, a small l) in its one written form; null when it is none. */
export function normaliseWageTaxNumber(text: string): string | null {
  const compact = text.replace(/[ .]/g, "").toUpperCase()
  return isWageTaxNumber(compact) ? compact : null
}

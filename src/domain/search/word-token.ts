import { blindIndex } from "#platform/secrets.ts"

/**
 * What stands in the database for a word: 40 bits of a keyed hash (HMAC-SHA-256 under the master key). Without the key nobody reads what a file
 * says; with it a word of a million gives a false hit once in a million searches.
 */
export function wordToken(lexeme: string): string {
  return Buffer.from(blindIndex("search-word", lexeme).subarray(0, 5)).toString("hex")
}

/** What is kept of a file's text: `words` are looked for, `text` is what a snippet is cut from. */
export type SearchableText = { words: string; text: string }

const mostForWords = 200_000
const mostForSnippets = 20_000

/**
 * A text without what must not lie about: amounts, BSNs, account and phone numbers, dates and mail addresses. Whatever holds a digit is left out but
 * for a year that stands by itself, and so is whatever holds an @. One space between words; "…" where something was left out.
 */
export function searchableText(pages: readonly { text: string }[]): SearchableText {
  const raw = pages.map((page) => page.text).join("\n").slice(0, mostForWords)
  const tokens = raw.split(/\s+/).filter(Boolean)
  const kept: string[] = []
  for (const [at, token] of tokens.entries()) {
    const isKept = !token.includes("@") && (!/\p{N}/u.test(token) || isYearAlone(tokens, at))
    if (isKept) kept.push(token)
    else if (kept.at(-1) !== "…") kept.push("…")
  }
  const text = kept.join(" ")
  return { words: text, text: text.slice(0, mostForSnippets) }
}

/** A BSN may be written with spaces: a year beside another number is no year. */
function isYearAlone(tokens: readonly string[], at: number): boolean {
  const holdsNumber = (token: string | undefined) => token !== undefined && /\p{N}/u.test(token)
  return /^(19|20)\d\d[.,;:)]?$/.test(tokens[at] ?? "") && !holdsNumber(tokens[at - 1]) && !holdsNumber(tokens[at + 1])
}

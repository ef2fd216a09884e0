import { plainText } from "#policy/plain-text.ts"

/** A piece of a snippet: text as it stands in the file, marked where it is what was sought. Never markup. */
export type SnippetPart = { text: string; isMarked: boolean }

type Word = { text: string; start: number; end: number }

const before = 60
const after = 120
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu

/** The words of a text that may have the same stem as one of these: those that begin alike. Folded, each once. */
export function likelyWords(text: string, sought: readonly string[]): string[] {
  const beginnings = new Set(sought.map((word) => word.slice(0, 2)))
  return [...new Set(wordsOf(text).map((word) => plainText(word.text)))].filter((word) => beginnings.has(word.slice(0, 2)))
}

/** A stretch of text around the first word that `isHit`, with every such word in it marked; null when there is none. */
export function snippetOf(text: string, isHit: (word: string) => boolean): SnippetPart[] | null {
  const hits = wordsOf(text).filter((word) => isHit(plainText(word.text)))
  const [first] = hits
  if (!first) return null
  const start = cleanStart(text, first.start - before)
  const end = cleanEnd(text, first.end + after)
  const parts: SnippetPart[] = []
  let at = start
  for (const hit of hits.filter((one) => one.end <= end)) {
    parts.push({ text: (parts.length === 0 && start > 0 ? "… " : "") + text.slice(at, hit.start), isMarked: false }, { text: hit.text, isMarked: true })
    at = hit.end
  }
  parts.push({ text: text.slice(at, end) + (end < text.length ? " …" : ""), isMarked: false })
  return parts.filter((part) => part.text !== "")
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map((found) => ({ text: found[0], start: found.index, end: found.index + found[0].length }))
}

/** Not in the middle of a word. */
function cleanStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.indexOf(" ", at) + 1
}

function cleanEnd(text: string, at: number): number {
  return at >= text.length ? text.length : Math.max(text.lastIndexOf(" ", at), at - before)
}

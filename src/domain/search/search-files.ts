import { readAsViewer, type Reader } from "#platform/database.ts"
import { unsealText } from "#platform/dossier-seal.ts"
import { env } from "#platform/env.ts"
import { listName } from "#policy/person-name.ts"
import { seesParty } from "#policy/ranks.ts"
import { meaningOf, searchWords } from "#policy/search-words.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findSoughtFiles, limitTime, type AskedWord, type FoundRow } from "./search-repository.ts"
import { likelyWords, snippetOf, type SnippetPart } from "./snippet.ts"
import { findLexemes } from "./text-repository.ts"
import { wordToken } from "./word-token.ts"

/** A file that was found. `ownerName` is null when whose dossier it is in is out of sight; `snippet` when its text does not say what was sought. */
export type FoundFile = Omit<FoundRow, "sealed" | "wrappedIdentity" | "dossierId" | "ownerInitials" | "ownerPrefix" | "found" | "looked"> & { snippet: SnippetPart[] | null }

/**
 * One page of what was found, from page 1. `total` counts no further than 200 (`isMore`). `lookedAt` is a number when only that many of the newest
 * files were looked at. `isTooWide` when it took too long, and there is nothing to show.
 */
export type SearchView = { files: FoundFile[]; page: number; pages: number; perPage: number; total: number; isMore: boolean; lookedAt: number | null; isTooWide: boolean }

const perPage = 25
const mostFound = 200
const mostLooked = 20_000
const patience = 3000

/** Everything in sight in which all the words stand: kind, period, year, name, owner or sender, or the text inside. Newest first. */
export async function searchFiles(viewer: Viewer, input: { text: string; page: number }): Promise<SearchView> {
  const words = searchWords(input.text)
  const page = Math.min(Math.max(1, input.page), mostFound / perPage)
  const nothing = { files: [], page: 1, pages: 1, perPage, total: 0, isMore: false, lookedAt: null, isTooWide: false }
  if (words.length === 0) return nothing
  try {
    return await readAsViewer(viewer, async (reader) => {
      const [, lexemes] = await Promise.all([limitTime(reader, patience), findLexemes(reader, words)])
      const asked = words.map((word, at): AskedWord => ({ word, ...meaningOf(word), token: tokenFor(lexemes[at]?.[0]) }))
      const rows = await findSoughtFiles(reader, viewer.accountId, asked, { offset: (page - 1) * perPage, limit: perPage, mostFound: mostFound + 1, mostLooked })
      const [first] = rows
      if (!first) return nothing
      const total = Math.min(first.found, mostFound)
      const home = seesParty(viewer.rank) ? null : viewer.partyId
      const files = (await withSnippets(reader, rows, words, new Set(lexemes.flat()))).map((file) => ({ ...file, ownerId: file.ownerId ?? home }))
      return { files, page, pages: Math.ceil(total / perPage), perPage, total, isMore: first.found > mostFound, lookedAt: first.looked >= mostLooked ? mostLooked : null, isTooWide: false }
    })
  } catch (error) {
    if (isTimeUp(error)) return { ...nothing, isTooWide: true }
    throw error
  }
}

function tokenFor(lexeme: string | undefined): string | null {
  return lexeme === undefined || env().SEARCH_TEXT === "no" ? null : `'${wordToken(lexeme)}'`
}

/** Opens the texts of this page only, and asks the database which of their words have a stem that was sought. */
async function withSnippets(reader: Reader, rows: readonly FoundRow[], words: readonly string[], stems: ReadonlySet<string>): Promise<FoundFile[]> {
  const texts = rows.map(openText)
  const likely = [...new Set(texts.flatMap((text) => (text === null ? [] : likelyWords(text, words))))]
  const lexemes = likely.length > 0 ? await findLexemes(reader, likely) : []
  const hits = new Set(likely.filter((_word, at) => lexemes[at]?.some((lexeme) => stems.has(lexeme))))
  return rows.map((row, at) => toFound(row, snippetOf(texts[at] ?? "", (word) => hits.has(word))))
}

function openText({ id, dossierId, sealed, wrappedIdentity }: FoundRow): string | null {
  return sealed && wrappedIdentity && env().SEARCH_TEXT === "yes" ? unsealText({ dossierId, wrappedIdentity }, sealed, id) : null
}

function toFound(row: FoundRow, snippet: SnippetPart[] | null): FoundFile {
  const { sealed: _sealed, wrappedIdentity: _key, dossierId: _dossier, ownerInitials: initials, ownerPrefix: prefix, found: _found, looked: _looked, ...rest } = row
  const isPerson = initials !== null && row.ownerName !== null
  return { ...rest, ownerName: isPerson ? listName({ initials, prefix, surname: row.ownerName ?? "" }) : row.ownerName, snippet }
}

/** Postgres says 57014 when a statement ran into its time. */
function isTimeUp(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "57014"
}

import { asSystem, asSystemOnce } from "#platform/database.ts"
import { sealText } from "#platform/dossier-seal.ts"
import { env } from "#platform/env.ts"
import { PdfRefused, readPdf } from "#platform/pdf.ts"
import { plainText } from "#policy/plain-text.ts"
import { keyToRead } from "../dossiers/dossier-key.ts"
import { readBytes } from "../files/keep-bytes.ts"
import { searchableText } from "./searchable-text.ts"
import { findFilesToRead, findLexemes, insertText, type FileToRead } from "./text-repository.ts"
import { wordToken } from "./word-token.ts"

const mostBytes = 25_000_000

/**
 * Reads the text of files, for search: PDFs of at most 25 MB that were not read yet. One that cannot be read is noted as having no text. Running it
 * again does nothing twice. What else goes wrong with one file is thrown after the others were done.
 */
export async function readTexts(input: { fileIds: readonly string[] }): Promise<void> {
  if (env().SEARCH_TEXT === "no") return
  const failures: unknown[] = []
  for (const file of await findFilesToRead(asSystemOnce("read-text"), input.fileIds)) {
    if (!file.hasText && file.mediaType === "application/pdf" && file.size <= mostBytes) await readText(file).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}

async function readText(file: FileToRead): Promise<void> {
  const system = asSystemOnce("read-text")
  const key = await keyToRead(system, file.dossierId)
  const pages = await readPages(await readBytes(key, file.storageKey))
  const { words, text } = searchableText(pages)
  const letters = plainText(words).replace(/[^\p{L}\p{N}]+/gu, " ")
  const [lexemes = []] = await findLexemes(system, [letters])
  const tokens = [...new Set(lexemes.map(wordToken))]
  await asSystem("read-text", (tx) => insertText(tx, file.id, tokens, text === "" ? null : sealText(key, text, file.id)))
}

/** A PDF that is refused has no text. */
async function readPages(bytes: Uint8Array): Promise<{ text: string }[]> {
  try {
    return (await readPdf(bytes)).pages
  } catch (error) {
    if (error instanceof PdfRefused) return []
    throw error
  }
}

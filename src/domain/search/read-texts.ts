import { asSystemOnce } from "#platform/database.ts"
import { sealText } from "#platform/dossier-seal.ts"
import { env } from "#platform/env.ts"
import { PdfRefused, readPdf } from "#platform/pdf.ts"
import { NotFound } from "#policy/errors.ts"
import { plainText } from "#policy/plain-text.ts"
import { readBytes } from "../files/keep-bytes.ts"
import { searchableText } from "./searchable-text.ts"
import { findFilesToRead, findLexemes, insertTexts, type FileToRead } from "./text-repository.ts"
import { wordToken } from "./word-token.ts"

const mostBytes = 25_000_000

/**
 * Reads the text of files, for search: PDFs of at most 25 MB that were not read yet. One that cannot be read is noted as having no text. Running it
 * again does nothing twice. What else goes wrong with one file is thrown after the others were done.
 */
export async function readTexts(input: { fileIds: readonly string[] }): Promise<void> {
  if (env().SEARCH_TEXT === "no") return
  const failures: unknown[] = []
  const fail = (error: unknown) => failures.push(error)
  const read: ReadText[] = []
  for (const file of await findFilesToRead(asSystemOnce("read-text"), input.fileIds)) {
    if (!file.hasText && file.mediaType === "application/pdf" && file.size <= mostBytes) await readText(file).then((one) => read.push(one), fail)
  }
  await keepTexts(read).catch(async () => {
    for (const one of read) await keepTexts([one]).catch(fail)
  })
  if (failures.length > 0) throw failures[0]
}

type ReadText = { fileId: string; letters: string; sealed: Uint8Array | null }

async function readText({ id: fileId, dossierId, wrappedIdentity, storageKey }: FileToRead): Promise<ReadText> {
  if (!wrappedIdentity) throw new NotFound()
  const key = { dossierId, wrappedIdentity }
  const { words, text } = searchableText(await readPages(await readBytes(key, storageKey)))
  const letters = plainText(words).replace(/[^\p{L}\p{N}]+/gu, " ")
  return { fileId, letters, sealed: text === "" ? null : sealText(key, text, fileId) }
}

/** All of them or none. */
async function keepTexts(read: readonly ReadText[]): Promise<void> {
  if (read.length === 0) return
  const system = asSystemOnce("read-text")
  const lexemes = await findLexemes(system, read.map(({ letters }) => letters))
  await insertTexts(system, read.map(({ fileId, sealed }, index) => ({ fileId, tokens: [...new Set((lexemes[index] ?? []).map(wordToken))], sealed })))
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

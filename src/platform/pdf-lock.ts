import { fileURLToPath } from "node:url"
import start from "@neslinesli93/qpdf-wasm/dist/qpdf.js"
import { PdfRefused } from "./pdf-refused.ts"

/** Two passwords: one to open the file with, one to take its lock away with. */
export type PdfPasswords = { toOpen: string; toChange: string }

const wasm = fileURLToPath(import.meta.resolve("@neslinesli93/qpdf-wasm/dist/qpdf.wasm"))
const silent = () => {}
/** qpdf's own: it wrote a file, and had something to say about the one it read. */
const withWarnings = 3

/**
 * A PDF encrypted with AES-256 (ISO 32000-2, revision 6), all its text and pictures. An engine of its own each time, so that nothing of one is left when the next comes.
 * Throws PdfRefused for what qpdf cannot follow. Its arguments are given by name, as one that begins with - or @ would be something else.
 */
export async function encryptPdf(bytes: Uint8Array, { toOpen, toChange }: PdfPasswords): Promise<Uint8Array> {
  const qpdf = await start({ locateFile: () => wasm, noInitialRun: true, print: silent, printErr: silent })
  qpdf.FS.writeFile("/open.pdf", bytes)
  const ended = qpdf.callMain(["/open.pdf", "--min-version=2.0", "--encrypt", `--user-password=${toOpen}`, `--owner-password=${toChange}`, "--bits=256", "--", "/locked.pdf"])
  if (ended !== 0 && ended !== withWarnings) throw new PdfRefused("broken")
  return new Uint8Array(qpdf.FS.readFile("/locked.pdf"))
}

import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

/**
 * Copies what the PDF viewer loads by itself to public/pdfjs/<version>/: its worker, the fonts for PDFs that bring none, and character maps.
 * Runs before `next build` and `next dev`; public/pdfjs is not committed. The version in the path keeps worker and viewer together in every cache.
 */
const from = new URL("../node_modules/pdfjs-dist/", import.meta.url)
const { version } = JSON.parse(readFileSync(new URL("package.json", from), "utf8"))
const all = new URL("../public/pdfjs/", import.meta.url)
const to = new URL(`${version}/`, all)

rmSync(all, { recursive: true, force: true })
mkdirSync(to, { recursive: true })
const copy = (what, as) => cpSync(fileURLToPath(new URL(what, from)), fileURLToPath(new URL(as, to)), { recursive: true })
copy("build/pdf.worker.min.mjs", "pdf.worker.min.mjs")
copy("standard_fonts", "standard_fonts")
copy("cmaps", "cmaps")
copy("wasm/openjpeg_nowasm_fallback.js", "decoders/openjpeg_nowasm_fallback.js")

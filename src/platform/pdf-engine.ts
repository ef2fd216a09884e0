import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { PDFiumModule } from "@hyzyla/pdfium"
import { PdfRefused } from "./pdf-refused.ts"

/** PDFium's C functions that we call; pointers and handles are numbers. The package types only a part of them. */
type Functions = {
  _FPDF_GetSecurityHandlerRevision: (document: number) => number
  _FPDF_SaveAsCopy: (document: number, writer: number, flags: number) => number
  _FPDFText_GetUnicode: (text: number, index: number) => number
  _FPDFText_GetCharAngle: (text: number, index: number) => number
  _FPDFText_GetFontSize: (text: number, index: number) => number
  _FPDFText_GetCharOrigin: (text: number, index: number, x: number, y: number) => number
  _FPDFText_GetLooseCharBox: (text: number, index: number, rectangle: number) => number
  _FPDF_GetFormType: (document: number) => number
  _FPDF_SetFormFieldHighlightAlpha: (form: number, alpha: number) => void
  _FPDFPage_GetAnnotCount: (page: number) => number
  _FPDFText_GetMatrix: (text: number, index: number, matrix: number) => number
  _PDFium_Init: () => void
  HEAPF32: Float32Array
  HEAPF64: Float64Array
}

type Module = Awaited<ReturnType<typeof PDFiumModule>>
export type Pdfium = Module & Functions
export type Engine = { pdfium: Pdfium; setWriter: (write: (from: number, size: number) => void) => void }

const maxMemory = 320 * 1024 * 1024
const passwordErrors = [4, 5]

/** Starts PDFium in this thread. It may not use more than 320 MB: a page that asks for more fails, and with it its thread. */
export async function startEngine(): Promise<Engine> {
  const compiled = await WebAssembly.compile(readFileSync(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm")))
  let table: WebAssembly.Table | undefined
  const options = {
    wasmBinary: new ArrayBuffer(0),
    printErr: () => {},
    print: () => {},
    instantiateWasm: (imports: WebAssembly.Imports, ready: (module: WebAssembly.Module) => void) => {
      const instance = new WebAssembly.Instance(compiled, capMemory(imports))
      const exported = instance.exports.__indirect_function_table
      if (exported instanceof WebAssembly.Table) table = exported
      passInstance(ready, instance)
      return instance.exports
    },
  }
  const pdfium = await PDFiumModule(options)
  if (!hasAllFunctions(pdfium)) throw new Error("this build of PDFium lacks functions that we call")
  pdfium._PDFium_Init()
  return { pdfium, setWriter: (write) => table?.set(0, asWasmFunction(write)) }
}

/** Opens a document, hands it to `work`, and frees it again. Refuses what PDFium cannot open without a password. */
export function withDocument<T>(pdfium: Pdfium, bytes: Uint8Array, work: (document: number, pageCount: number) => T): T {
  assertLooksLikePdf(bytes)
  const memory = pdfium.wasmExports.malloc(bytes.length)
  if (memory === 0) throw new PdfRefused("too-large")
  pdfium.HEAPU8.set(bytes, memory)
  const document = pdfium._FPDF_LoadMemDocument(memory, bytes.length, 0)
  try {
    if (document === 0) throw new PdfRefused(passwordErrors.includes(pdfium._FPDF_GetLastError()) ? "encrypted" : "broken")
    const pageCount = pdfium._FPDF_GetPageCount(document)
    if (pageCount < 1) throw new PdfRefused("empty")
    return work(document, pageCount)
  } finally {
    if (document !== 0) pdfium._FPDF_CloseDocument(document)
    pdfium.wasmExports.free(memory)
  }
}

/**
 * The same document written anew: no password, and damage that PDFium could see past is gone.
 * PDFium calls back for every block; this build exports no way to register a callback, so it takes the place of function 0,
 * the null pointer, which PDFium itself never calls.
 */
export function rewritePdf(engine: Engine, bytes: Uint8Array): Uint8Array {
  const { pdfium } = engine
  const blocks: Uint8Array[] = []
  engine.setWriter((from, size) => blocks.push(pdfium.HEAPU8.slice(from, from + size)))
  return withDocument(pdfium, bytes, (document) => {
    const writer = pdfium.wasmExports.malloc(8)
    pdfium.HEAP32.set([1, 0], writer / 4)
    const removeSecurity = 3
    const done = pdfium._FPDF_SaveAsCopy(document, writer, removeSecurity)
    pdfium.wasmExports.free(writer)
    if (!done) throw new PdfRefused("broken")
    return Buffer.concat(blocks)
  })
}

/** Whether the document carries a password of any kind; only asked of documents that opened without one. */
export function hasSecurity(pdfium: Pdfium, bytes: Uint8Array): boolean {
  return withDocument(pdfium, bytes, (document) => pdfium._FPDF_GetSecurityHandlerRevision(document) !== -1)
}

function assertLooksLikePdf(bytes: Uint8Array) {
  if (bytes.length === 0) throw new PdfRefused("empty")
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes("%PDF-")) throw new PdfRefused("not-a-pdf")
}

function hasAllFunctions(module: Module): module is Pdfium {
  return "_FPDFText_GetLooseCharBox" in module && "_FPDF_SaveAsCopy" in module && "_PDFium_Init" in module && "HEAPF64" in module
}

function capMemory(imports: WebAssembly.Imports): WebAssembly.Imports {
  const { env } = imports
  const grow = env?.emscripten_resize_heap
  if (typeof grow !== "function") throw new Error("this build of PDFium grows its memory in an unknown way")
  return { ...imports, env: { ...env, emscripten_resize_heap: (size: number) => (size >>> 0 > maxMemory ? 0 : grow(size)) } }
}

/** Emscripten wants the instance first; the package's type says that it wants the module. */
function passInstance(ready: (module: WebAssembly.Module) => void, instance: WebAssembly.Instance) {
  Reflect.apply(ready, undefined, [instance])
}

/**
 * A WebAssembly function (writer, from, size) -> 1 that calls ours: a function table takes no others. The bytes are a module that
 * imports and re-exports.
 */
function asWasmFunction(write: (from: number, size: number) => void) {
  const code = ["0061736d01000000", "01080160037f7f7f017f", "020701016101660000", "07050101660000"].join("")
  const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, "hex")), {
    a: {
      f: (_writer: number, from: number, size: number) => {
        write(from, size)
        return 1
      },
    },
  })
  return instance.exports.f
}

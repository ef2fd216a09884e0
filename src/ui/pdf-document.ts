import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask, type PDFPageProxy, TextLayer, VerbosityLevel, version } from "pdfjs-dist"

export type { PDFDocumentProxy } from "pdfjs-dist"

const assets = `/pdfjs/${version}`
GlobalWorkerOptions.workerSrc = `${assets}/pdf.worker.min.mjs`

/** More pixels than this in one canvas and small phones refuse it. */
const mostPixels = 16_000_000

/** Opens a PDF in the worker. Neither eval nor WebAssembly is used, so that the content security policy needs no exception. */
export function openDocument(url: string): PDFDocumentLoadingTask {
  return getDocument({
    url,
    // A large file comes in pieces, as its pages are looked at; a payslip fits in the first.
    rangeChunkSize: 262_144,
    disableAutoFetch: true,
    disableStream: true,
    useWasm: false,
    isEvalSupported: false,
    wasmUrl: `${assets}/decoders/`,
    standardFontDataUrl: `${assets}/standard_fonts/`,
    cMapUrl: `${assets}/cmaps/`,
    cMapPacked: true,
    verbosity: VerbosityLevel.ERRORS,
  })
}

/** Paints a page and its selectable text into `holder`, at `scale` CSS pixels per point. What stood there stays until the new one is whole. */
export async function paintPage(page: PDFPageProxy, holder: HTMLElement, scale: number, signal: AbortSignal): Promise<void> {
  const viewport = page.getViewport({ scale })
  const sharpness = Math.min(devicePixelRatio, Math.sqrt(mostPixels / (viewport.width * viewport.height)))
  const canvas = document.createElement("canvas")
  canvas.width = Math.floor(viewport.width * sharpness)
  canvas.height = Math.floor(viewport.height * sharpness)
  const painting = page.render({ canvas, viewport, transform: [sharpness, 0, 0, sharpness, 0, 0] })
  signal.addEventListener("abort", () => painting.cancel())
  await painting.promise
  if (signal.aborted) return
  const text = document.createElement("div")
  text.className = "textLayer"
  holder.replaceChildren(canvas, text)

  const layer = new TextLayer({ textContentSource: page.streamTextContent({ includeMarkedContent: true }), container: text, viewport })
  signal.addEventListener("abort", () => layer.cancel())
  await layer.render()
  const end = document.createElement("div")
  end.className = "endOfContent"
  text.append(end)
  text.addEventListener("pointerdown", () => text.classList.add("selecting"), { signal })
  document.addEventListener("pointerup", () => text.classList.remove("selecting"), { signal })
}

/** A page as a picture for paper, 150 dots an inch; as a blob, so that a long document does not fill the memory with pixels. */
export async function printablePage(page: PDFPageProxy): Promise<{ url: string; isLandscape: boolean }> {
  const viewport = page.getViewport({ scale: 150 / 72 })
  const canvas = document.createElement("canvas")
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport, intent: "print" }).promise
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  canvas.width = canvas.height = 0
  if (!blob) throw new Error("This page cannot be printed")
  return { url: URL.createObjectURL(blob), isLandscape: viewport.width > viewport.height }
}

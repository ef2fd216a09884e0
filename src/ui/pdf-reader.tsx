import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"
import { filled } from "./filled.ts"
import { openDocument, printablePage, type PDFDocumentProxy } from "./pdf-document.ts"
import { PdfSheet, type SheetSize } from "./pdf-sheet.tsx"
import { PdfTools } from "./pdf-tools.tsx"
import type { PdfLabels } from "./pdf-viewer.tsx"
import { printSheets } from "./print-sheets.ts"
import { usePinch } from "./use-pinch.ts"
import { useViewerKeys } from "./use-viewer-keys.ts"

type Props = { url: string; downloadHref: string; title: string; labels: PdfLabels }
type Opened = { document: PDFDocumentProxy; first: SheetSize }

const zooms = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3]
const [smallest, largest] = [0.5, 3]

/** The viewer itself; only ever loaded in the browser, by PdfViewer. */
export default function PdfReader({ url, downloadHref, title, labels }: Props) {
  const opened = useDocument(url)
  const [zoom, setZoom] = useState(1)
  const [page, setPage] = useState(1)
  const [room, sheets] = useRoom()
  const onSeen = useCallback((seen: number) => setPage(seen), [])
  const pages = opened instanceof Error || !opened ? 0 : opened.document.numPages

  function goTo(wanted: number) {
    const target = Math.min(Math.max(wanted, 1), pages)
    sheets.current?.querySelector(`[data-page="${target}"]`)?.scrollIntoView({ block: "start" })
    setPage(target)
  }
  const keepPlace = useKeptPlace(sheets, zoom)
  function zoomTo(wanted: number | undefined | ((now: number) => number)) {
    if (wanted === undefined) return
    keepPlace(page)
    setZoom(wanted)
  }
  const zoomBy = (step: 1 | -1) => zoomTo(step === 1 ? zooms.find((one) => one > zoom + 0.01) : zooms.findLast((one) => one < zoom - 0.01))
  usePinch(sheets, (factor) => zoomTo((now) => Math.min(Math.max(now * factor, smallest), largest)))
  const [printing, setPrinting] = useState(0)
  async function print() {
    if (printing > 0 || !opened || opened instanceof Error) return
    try {
      const pictures = []
      for (let nr = 1; nr <= pages; nr += 1) {
        setPrinting(nr)
        pictures.push(await printablePage(await opened.document.getPage(nr)))
      }
      await printSheets(pictures)
    } finally {
      setPrinting(0)
    }
  }
  const [forth, back] = [() => goTo(page + 1), () => goTo(page - 1)]
  const [larger, smaller] = [() => zoomBy(1), () => zoomBy(-1)]
  const moves = { ArrowRight: forth, PageDown: forth, ArrowLeft: back, PageUp: back, Home: () => goTo(1), End: () => goTo(pages) }
  useViewerKeys({ ...moves, "+": larger, "=": larger, "-": smaller, "0": () => zoomTo(1), p: () => void print() })

  if (opened instanceof Error) {
    return (
      <div className="reader-wait" role="alert">
        <p>{labels[reasonOf(opened)]}</p>
        <a className="btn primary" href={downloadHref} download>
          {labels.download}
        </a>
      </div>
    )
  }
  return (
    <>
      <PdfTools {...{ page, pages, labels, downloadHref, goTo, zoomBy }} fit={() => zoomTo(1)} print={() => void print()} smallest={zoom <= smallest} largest={zoom >= largest} />
      <p className="reader-note" role="status">{printing > 0 && filled(labels.printing, { page: printing, total: pages })}</p>
      <div className="sheets" ref={sheets} aria-label={filled(labels.document, { title })} role="region" tabIndex={0}>
        {!opened && <div className="reader-wait" role="status">{labels.loading}</div>}
        {opened && room > 0 &&
          Array.from({ length: pages }, (_, at) => (
            <PdfSheet
              key={at}
              document={opened.document}
              page={at + 1}
              scale={(room / opened.first.width) * zoom}
              guess={opened.first}
              label={filled(labels.pageLabel, { page: at + 1 })}
              onSeen={onSeen}
            />
          ))}
      </div>
    </>
  )
}

/** Why a document cannot be shown: it has a password, it did not come, or it is no sound PDF. Names of pdfjs-dist. */
function reasonOf({ name }: Error): "locked" | "missing" | "broken" {
  return name === "PasswordException" ? "locked" : name === "ResponseException" ? "missing" : "broken"
}

/** Opens the document, and closes it on leaving. An Error when it cannot be shown. */
function useDocument(url: string): Opened | Error | undefined {
  const [opened, setOpened] = useState<Opened | Error>()
  useEffect(() => {
    const task = openDocument(url)
    let left = false
    async function open(): Promise<Opened> {
      const document = await task.promise
      const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 })
      return { document, first: { width, height } }
    }
    open().then(
      (whole) => { if (!left) setOpened(whole) },
      (reason: unknown) => { if (!left) setOpened(reason instanceof Error ? reason : new Error("This PDF cannot be shown")) },
    )
    return () => {
      left = true
      void task.destroy()
    }
  }, [url])
  return opened
}

/** The width there is for a page, in CSS pixels, inside the padding. */
function useRoom() {
  const sheets = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(0)
  useEffect(() => {
    const box = sheets.current
    if (!box) return
    const watcher = new ResizeObserver(([entry]) => entry && setRoom(Math.floor(entry.contentRect.width)))
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  return [room, sheets] as const
}

/** Keeps what is at the top of the window there when the pages change their size: call it with the page just before. */
function useKeptPlace(sheets: RefObject<HTMLDivElement | null>, zoom: number) {
  const place = useRef<{ page: number; part: number }>(undefined)
  const boxOf = (page: number) => sheets.current?.querySelector(`[data-page="${page}"]`)?.getBoundingClientRect()
  useLayoutEffect(() => {
    const box = place.current && boxOf(place.current.page)
    if (place.current && box) window.scrollBy(0, box.top + place.current.part * box.height)
    place.current = undefined
  }, [zoom])
  return (page: number) => {
    const box = boxOf(page)
    place.current = box && { page, part: -box.top / box.height }
  }
}

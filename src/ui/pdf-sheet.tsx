import { useEffect, useLayoutEffect, useRef, useState } from "react"
import { paintPage, type PDFDocumentProxy } from "./pdf-document.ts"

export type SheetSize = { width: number; height: number }

type Props = {
  document: PDFDocumentProxy
  page: number
  /** CSS pixels per point. */
  scale: number
  /** In points, until the page itself is known: the size of the first one. */
  guess: SheetSize
  label: string
  onSeen: (page: number) => void
}

/** One page. It is painted when it comes near the screen and let go when it is far away, so that 2,000 pages cost no more than a few. */
export function PdfSheet({ document, page, scale, guess, label, onSeen }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  const [size, setSize] = useState(guess)

  useEffect(() => {
    const sheet = holder.current
    if (!sheet) return
    const nearby = new IntersectionObserver(([entry]) => entry && setNear(entry.isIntersecting), { rootMargin: "100% 0%" })
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(page), { rootMargin: "-45% 0% -54% 0%" })
    nearby.observe(sheet)
    seen.observe(sheet)
    return () => {
      nearby.disconnect()
      seen.disconnect()
    }
  }, [page, onSeen])

  useEffect(() => {
    const sheet = holder.current
    if (!near || !sheet) return
    const leaving = new AbortController()
    async function paint(onto: HTMLElement) {
      const proxy = await document.getPage(page)
      const { width, height } = proxy.getViewport({ scale: 1 })
      setSize((known) => (known.width === width && known.height === height ? known : { width, height }))
      if (!leaving.signal.aborted) await paintPage(proxy, onto, scale, leaving.signal)
    }
    paint(sheet).catch((reason: unknown) => {
      if (!leaving.signal.aborted) markUnpainted(sheet, reason)
    })
    return () => leaving.abort()
  }, [document, page, scale, near])

  useLayoutEffect(() => {
    const style = holder.current?.style
    style?.setProperty("width", `${size.width * scale}px`)
    style?.setProperty("height", `${size.height * scale}px`)
    style?.setProperty("--total-scale-factor", String(scale))
  }, [size, scale])

  useEffect(() => {
    if (!near) holder.current?.replaceChildren()
  }, [near])

  return <div ref={holder} className="sheet-of-paper" role="group" aria-label={label} data-page={page} />
}

/** A page that cannot be painted leaves its sheet empty and says so to whoever looks for it; the other pages go on. */
function markUnpainted(sheet: HTMLElement, reason: unknown) {
  sheet.dataset.problem = reason instanceof Error ? reason.name : "unknown"
}

"use client"

import { useRef, useState } from "react"
import type { PdfLabels } from "./pdf-viewer.tsx"
import { printSheets } from "./print-sheets.ts"
import { usePinch } from "./use-pinch.ts"
import { useViewerKeys } from "./use-viewer-keys.ts"

type Props = { url: string; downloadHref: string; title: string; labels: PdfLabels }

const widths = [25, 50, 75, 100, 150, 200, 300]

/** Shows a picture on the page, as wide as there is room for; larger, smaller and print as a document does. Without JavaScript it is just there. */
export function ImageViewer({ url, downloadHref, title, labels }: Props) {
  const [width, setWidth] = useState(100)
  const [failed, setFailed] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLImageElement>(null)
  const zoomBy = (step: 1 | -1) => setWidth((now) => (step === 1 ? widths.find((one) => one > now) : widths.findLast((one) => one < now)) ?? now)
  usePinch(frame, (factor) => setWidth((now) => Math.round(Math.min(Math.max(now * factor, 25), 300))))
  const print = () => {
    const { naturalWidth = 0, naturalHeight = 0, currentSrc = "" } = picture.current ?? {}
    if (currentSrc) void printSheets([{ url: currentSrc, isLandscape: naturalWidth > naturalHeight }])
  }
  const [larger, smaller, fit] = [() => zoomBy(1), () => zoomBy(-1), () => setWidth(100)]
  useViewerKeys({ "+": larger, "=": larger, "-": smaller, "0": fit, p: print })
  const tool = (icon: string, label: string, onClick: () => void, disabled = false) => (
    <button type="button" className={`act icon-${icon}`} title={label} aria-label={label} onClick={onClick} disabled={disabled} />
  )
  return (
    <div className="reader">
      <div className="reader-tools">
        <div>
          {tool("minus", labels.zoomOut, smaller, width <= 25)}
          {tool("add", labels.zoomIn, larger, width >= 300)}
          {tool("fit", labels.zoomFit, fit)}
          {tool("print", labels.print, print, failed)}
          <a className="act icon-download" href={downloadHref} download title={labels.download} aria-label={labels.download} />
        </div>
      </div>
      {failed ? (
        <p className="reader-wait" role="alert">{labels.missing}</p>
      ) : (
        <div className="pictures" ref={frame} tabIndex={0} role="region" aria-label={title}>
          <img ref={(shown) => { picture.current = shown; shown?.style.setProperty("inline-size", `${width}%`) }} src={url} alt={title} onError={() => setFailed(true)} />
        </div>
      )}
    </div>
  )
}

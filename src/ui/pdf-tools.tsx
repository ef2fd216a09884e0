import { filled } from "./filled.ts"
import type { PdfLabels } from "./pdf-viewer.tsx"

type Props = {
  page: number
  pages: number
  labels: PdfLabels
  downloadHref: string
  goTo: (page: number) => void
  zoomBy: (step: 1 | -1) => void
  fit: () => void
  print: () => void
  smallest: boolean
  largest: boolean
}

/** What stands above a document: to a page, larger and smaller, print, download. */
export function PdfTools({ page, pages, labels, downloadHref, goTo, zoomBy, fit, print, smallest, largest }: Props) {
  const tool = (icon: string, label: string, onClick: () => void, disabled = false) => (
    <button type="button" className={`act icon-${icon}`} title={label} aria-label={label} onClick={onClick} disabled={disabled} />
  )
  return (
    <div className="reader-tools">
      <div>
        {tool("up", labels.previous, () => goTo(page - 1), page <= 1)}
        {tool("down", labels.next, () => goTo(page + 1), page >= pages)}
        <label>
          <span>{labels.page}</span>
          <input key={page} type="number" min={1} max={pages || 1} defaultValue={page} onKeyDown={(event) => event.key === "Enter" && goTo(event.currentTarget.valueAsNumber || 1)} onBlur={(event) => { if (event.target.valueAsNumber !== page) goTo(event.target.valueAsNumber || page) }} />
          {filled(labels.of, { total: pages || "…" })}
        </label>
      </div>
      <div>
        {tool("minus", labels.zoomOut, () => zoomBy(-1), smallest)}
        {tool("add", labels.zoomIn, () => zoomBy(1), largest)}
        {tool("fit", labels.zoomFit, fit)}
        {tool("print", labels.print, print, pages === 0)}
        <a className="act icon-download" href={downloadHref} download title={labels.download} aria-label={labels.download} />
      </div>
    </div>
  )
}

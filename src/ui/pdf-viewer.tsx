"use client"

import { type ComponentType, useEffect, useState } from "react"

export type PdfLabels = Record<"loading" | "broken" | "download" | "document" | "page" | "of" | "pageLabel" | "previous" | "next" | "zoomIn" | "zoomOut" | "zoomFit" | "locked" | "missing" | "print" | "printing", string>

type Props = {
  /** Where the bytes are, on our own host. */
  url: string
  downloadHref: string
  title: string
  labels: PdfLabels
}

/** Shows a PDF on the page. The viewer is loaded only where this stands; until then, and without JavaScript, there is the download. */
export function PdfViewer(props: Props) {
  const [Reader, setReader] = useState<ComponentType<Props>>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    import("./pdf-reader.tsx").then((loaded) => setReader(() => loaded.default), () => setFailed(true))
  }, [])
  return (
    <div className="reader">
      {Reader ? (
        <Reader {...props} />
      ) : (
        <div className="reader-wait">
          <p role="status">{failed ? props.labels.broken : props.labels.loading}</p>
          <noscript>
            <p>{props.labels.broken}</p>
          </noscript>
          <a href={props.downloadHref} download>
            {props.labels.download}
          </a>
        </div>
      )}
    </div>
  )
}

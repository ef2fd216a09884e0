"use client"

import { useState } from "react"

/** A long text shown short, with a button that copies all of it. All of it shows on hovering. */
export function CopyText({ text, shown, label, copied }: { text: string; shown: string; label: string; copied: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false))
  return (
    <>
      <button type="button" className="plain" title={text} aria-label={`${shown} ${label}`} onClick={copy}>
        <code>{shown}</code>
      </button>{" "}
      <span role="status">{isCopied ? copied : ""}</span>
    </>
  )
}

"use client"

import { useEffect, useRef, useState } from "react"
import { Notice } from "./notice.tsx"

export type RecoveryWords = Record<"title" | "lead" | "list" | "copy" | "copied" | "print" | "kept", string>

/** Recovery codes, shown this once: to copy, to print, and a way on when they were kept. They can be read and marked without JavaScript too. */
export function RecoveryCodes({ codes, words, next }: { codes: readonly string[]; words: RecoveryWords; next: string }) {
  const [isCopied, setCopied] = useState(false)
  const [isAlive, setAlive] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    setAlive(true)
    title.current?.focus()
  }, [])
  const copy = () => navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true), () => setCopied(false))
  return (
    <div className="stack full">
      <h2 ref={title} tabIndex={-1}>{words.title}</h2>
      <Notice kind="wait" still>{words.lead}</Notice>
      <ol className="codes" aria-label={words.list}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      {isAlive && (
        <div className="line-up actions">
          <button type="button" className="btn" onClick={copy}>{words.copy}</button>
          <button type="button" className="btn" onClick={() => window.print()}>{words.print}</button>
          <span role="status">{isCopied ? words.copied : ""}</span>
        </div>
      )}
      <a className="btn primary wide" href={next}>{words.kept}</a>
    </div>
  )
}

"use client"

import { useEffect, useRef } from "react"

/** What is wrong in a form, on top of it, each with a link to its field. Takes the focus with every new answer. */
export function ErrorSummary({ sentence, fields, answer }: { sentence: string; fields: Readonly<Record<string, string>>; answer: unknown }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [answer])
  const faults = Object.entries(fields)
  return (
    <div ref={box} className="notice bad" role="alert" tabIndex={-1}>
      <i className="icon icon-bad" aria-hidden="true" />
      <div>
        {faults.length === 1 && faults[0]?.[1] === sentence ? <a href={`#${faults[0][0]}`}>{sentence}</a> : <b>{sentence}</b>}
        {faults.some(([, text]) => text !== sentence) && (
          <ul>
            {faults.map(([field, text]) => (
              <li key={field}>
                <a href={`#${field}`}>{text}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

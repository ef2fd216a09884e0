"use client"

import { useEffect, useRef } from "react"

/** What is wrong in a form, on top of it, each with a link to its field. Takes the focus when it comes. */
export function ErrorSummary({ title, errors }: { title: string; errors: readonly { field: string; text: string }[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [errors])
  if (errors.length === 0) return null
  return (
    <div ref={box} className="notice bad" role="alert" tabIndex={-1}>
      <i className="icon icon-bad" aria-hidden="true" />
      <div>
        <b>{title}</b>
        <ul>
          {errors.map(({ field, text }) => (
            <li key={field}>
              <a href={`#${field}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

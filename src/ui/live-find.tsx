"use client"

import { usePathname, useRouter, useSearchParams } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { holdsBsn, isSought, searchWords, withoutBsn } from "#policy/search-words.ts"
import { filled } from "./filled.ts"

type Props = {
  /** The id of the section whose table rows are sifted. */
  within: string
  reach: "page" | "server"
  name: string
  value: string
  /** Whether one may type at once, without pointing at it first. */
  first?: boolean
  label: string
  placeholder: string
  /** "Niets gevonden." */
  none: string
  /** "{shown} van {total}" */
  found: string
  /** Why a BSN is not taken. */
  noBsn: string
}

/**
 * The "Zoek..." of a section. Sifts the rows while typing, or asks the server again after a pause; without JavaScript it is a field of its form. What was
 * typed before the scripts came is sought when they are there.
 */
export function LiveFind({ within, reach, name, value, first = false, label, placeholder, none, found, noBsn }: Props) {
  const router = useRouter()
  const path = usePathname()
  const parameters = useSearchParams()
  const box = useRef<HTMLInputElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [outcome, setOutcome] = useState("")

  function look(sought: string) {
    if (reach === "page") return setOutcome(sift(within, sought, none, found))
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      const next = new URLSearchParams(parameters)
      next.delete("pagina")
      if (holdsBsn(sought)) return
      if (sought.trim()) next.set(name, sought)
      else next.delete(name)
      router.replace(`${path}?${next}`, { scroll: false })
    }, 250)
  }

  useEffect(() => {
    const typed = box.current?.value ?? ""
    if (typed !== value) look(typed)
    // Only when the scripts come: from then on `onChange` hears it.
  }, [])

  return (
    <>
      <input ref={box} type="search" name={name} defaultValue={value} autoFocus={first} onChange={(event) => look(event.target.value)} aria-label={label} placeholder={placeholder} pattern={withoutBsn} title={noBsn} data-find className="icon-close" autoComplete="off" />
      <span role="status" className="found">
        {outcome}
      </span>
    </>
  )
}

function sift(within: string, sought: string, none: string, found: string): string {
  const rows = document.querySelectorAll<HTMLTableRowElement>(`#${CSS.escape(within)} tbody tr`)
  const words = searchWords(sought)
  let shown = 0
  for (const row of rows) {
    row.hidden = !isSought(textOf(row), words)
    if (!row.hidden) shown += 1
  }
  if (words.length === 0) return ""
  return shown === 0 ? none : filled(found, { shown, total: rows.length })
}

/** What a row says, without its buttons and without when it came: the 3rd is not March. */
function textOf(row: HTMLTableRowElement): string {
  return [...row.cells].filter((cell) => !cell.matches(".actions, .pick, .nowrap")).map((cell) => cell.textContent).join(" ")
}

"use client"

import { useRouter } from "next/navigation"
import { type DragEvent, type PointerEvent, type ReactNode, useRef } from "react"

type Props = {
  /** The address of the delivery. */
  href: string
  /** Which lists hold a person per row: a selector of what is around them. */
  onto: string
  children: ReactNode
}

/**
 * Lets a document be dragged onto the row of a person: its own page opens then with that person filled in, to be looked at and saved. A row is about the document that
 * its link leads to. Without a mouse that page is reached by the link.
 */
export function DragToPerson({ href, onto, children }: Props) {
  const router = useRouter()
  const dragged = useRef<string | null>(null)
  const over = useRef<HTMLTableRowElement | null>(null)

  function mark(row: HTMLTableRowElement | null) {
    if (row === over.current) return
    over.current?.removeAttribute("data-over")
    row?.setAttribute("data-over", "")
    over.current = row
  }

  function end() {
    mark(null)
    dragged.current = null
  }

  function ready({ target }: PointerEvent) {
    const row = rowOf(target)
    if (row && documentOf(row)) row.draggable = true
  }

  function start(event: DragEvent) {
    dragged.current = documentOf(rowOf(event.target))
    if (dragged.current) event.dataTransfer.effectAllowed = "move"
  }

  function pass(event: DragEvent) {
    const row = rowOf(event.target)
    const isPerson = dragged.current !== null && row?.closest(onto) && documentOf(row) !== dragged.current
    mark(isPerson ? row : null)
    if (isPerson) event.preventDefault()
  }

  function drop(event: DragEvent) {
    const person = documentOf(over.current)
    if (!dragged.current || !person) return
    event.preventDefault()
    router.push(`${href}?stuk=${dragged.current}&als=${person}`)
    end()
  }

  return <div onPointerDown={ready} onDragStart={start} onDragOver={pass} onDragEnd={end} onDrop={drop}>{children}</div>
}

function rowOf(target: EventTarget): HTMLTableRowElement | null {
  return target instanceof Element ? target.closest<HTMLTableRowElement>("tbody tr") : null
}

function documentOf(row: HTMLTableRowElement | null): string | null {
  const link = row?.querySelector<HTMLAnchorElement>("a[href*='stuk=']")
  return link ? new URL(link.href).searchParams.get("stuk") : null
}

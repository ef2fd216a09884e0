"use client"

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react"

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity] }

/**
 * Lets the arrow keys go through the cells of the table in it, as in a sheet; Home and End to either side. One cell at a time is in the order of Tab (the
 * grid pattern of the ARIA Authoring Practices); without JavaScript every link is.
 */
export function BoardKeys({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const [first, ...others] = [...(box.current?.querySelectorAll<HTMLElement>("tbody a") ?? [])]
    for (const link of others) link.tabIndex = -1
    if (first) first.tabIndex = 0
  })

  function move(event: KeyboardEvent) {
    const step = steps[event.key]
    const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("td, th[scope=row]") : null
    if (!step || !cell || event.ctrlKey || event.metaKey || event.altKey) return
    const row = cell.closest("tr")
    const rows = [...(box.current?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? [])].filter((one) => one.checkVisibility())
    const to = row && rows[within(rows.indexOf(row) + step[0], rows.length)]
    const next = to?.cells[within(cell.cellIndex + step[1], to.cells.length)]
    event.preventDefault()
    if (!next || next === cell) return
    const target = next.querySelector<HTMLElement>("a") ?? next
    for (const one of box.current?.querySelectorAll<HTMLElement>("tbody [tabindex='0']") ?? []) one.tabIndex = -1
    target.tabIndex = 0
    target.focus()
  }

  return <div ref={box} onKeyDown={move}>{children}</div>
}

function within(at: number, count: number): number {
  return Math.min(Math.max(at, 0), count - 1)
}

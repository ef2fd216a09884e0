"use client"

import type { ReactNode } from "react"
import { filled } from "./filled.ts"
import { type ActWords, type CellData, isCellData, type PackedRows, type TagData, unpacked } from "./row-data.ts"

type Props = {
  columns: readonly { className: string; label?: string }[]
  rows: PackedRows
  words: ActWords
}

/** The body of a DataTable. A client component only so that its rows can travel as data; it does nothing in the browser. */
export function TableRows({ columns, rows, words }: Props) {
  return (
    <tbody>
      {unpacked(rows).map(({ key, state, cells }) => (
        <tr key={key} className={state}>
          {columns.map(({ className, label }, at) => {
            const cell = cells[at]
            return (
              <td key={at} className={className} data-label={label}>
                {isCellData(cell) ? draw(cell, words) : cell}
              </td>
            )
          })}
        </tr>
      ))}
    </tbody>
  )
}

function draw(cell: CellData, words: ActWords): ReactNode {
  switch (cell.is) {
    case "name":
      return (
        <>
          {cell.href ? <a href={cell.href}>{cell.text}</a> : cell.text}
          {cell.after && <span className="vh">{` ${cell.after}`}</span>}
          {cell.tag && tagOf(cell.tag)}
        </>
      )
    case "tag":
      return tagOf(cell.tag)
    case "pick":
      return (
        <label title={cell.label}>
          <input type="checkbox" name={cell.name} value={cell.value} aria-label={cell.label} />
        </label>
      )
    case "acts":
      return cell.acts.map(({ icon, href, download }) => (
        <a
          key={icon}
          className={`act icon-${icon}`}
          href={href}
          aria-label={filled(words[icon]?.full ?? "{title}", { title: cell.of })}
          title={words[icon]?.short}
          download={download}
        />
      ))
  }
}

function tagOf({ state, text }: TagData): ReactNode {
  return <span className={`tag ${state}`}>{text}</span>
}

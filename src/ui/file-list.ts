import type { NeighbourRow } from "#domain/files/view-neighbours.ts"
import { numberIn, wordIn } from "./asked.ts"
import { dossierQuery, type DossierQuery } from "./dossier-query.ts"
import { nameOf } from "./file-naming.ts"
import { readFileOrder, sortFiles, sought } from "./file-order.ts"
import type { Translator } from "./file-title.ts"

/** The list a file was opened from, as its address carries it along, and the page of its openings. */
export type FileList = { list: "dossier" | "unread"; query: DossierQuery; openedPage: number }

export type Neighbour = { href: string; title: string }

/** Reads ?lijst= and the parameters of a dossier off the address of a file. */
export function fileList(asked: Readonly<Record<string, string | string[] | undefined>>): FileList {
  return { list: wordIn(asked.lijst) === "ongelezen" ? "unread" : "dossier", query: dossierQuery(asked), openedPage: numberIn(asked.geopend) ?? 1 }
}

/** What a link to a file carries along: nothing where the file alone tells, so that a list of fifty stays small. */
export function fileListQuery({ list, query }: Pick<FileList, "list" | "query">): string {
  if (list === "unread") return "?lijst=ongelezen"
  const told = { jaar: query.year === null ? "" : String(query.year), q: query.q, eigen: query.own, op: query.op }
  const text = new URLSearchParams(Object.entries(told).filter(([, value]) => value !== "")).toString()
  return text && `?${text}`
}

/** The files before and after one in its list, in the order and the search of that list. */
export function neighboursOf(t: Translator, fileId: string, rows: readonly NeighbourRow[], from: FileList, filesAt: string): { previous?: Neighbour; next?: Neighbour } {
  const named = rows.map((row) => ({ id: row.id, title: nameOf(t, row), period: row.period === null ? undefined : String(row.period), at: row.createdAt }))
  const isOwn = rows[0]?.year === null
  const listed = from.list === "unread" ? named : sortFiles(sought(named, isOwn ? from.query.own : from.query.q), readFileOrder(from.query.op))
  const at = listed.findIndex((row) => row.id === fileId)
  const linkTo = (row: (typeof named)[number] | undefined) => row && { href: `${filesAt}/${row.id}${fileListQuery(from)}`, title: row.title }
  return at < 0 ? {} : { previous: linkTo(listed[at - 1]), next: linkTo(listed[at + 1]) }
}

/** The way back to the list: "Ongelezen", or the dossier in the year, search and order it was left in. */
export function wayBack(t: Translator, from: FileList, portal: string, dossier: { href: string; label: string }, year: number | null): { href: string; label: string } {
  if (from.list === "unread") return { href: `/${portal}/ongelezen`, label: t("neighbours.toUnread") }
  return { href: `${dossier.href}${fileListQuery({ list: "dossier", query: { ...from.query, year: from.query.year ?? year } })}`, label: dossier.label }
}

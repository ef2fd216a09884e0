import { readdir, readFile, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { Stop, wrongUse } from "./exits.ts"
import { kindCalled, nameSays, otherPeriod, periodIn, yearIn, type Given, type Named, type Told } from "./name-rules.ts"

/** A file of a month: where it is, its name, its size in bytes, and what is told of it (null: the portal recognises it). */
export type Found = { path: string; name: string; size: number; told: Told | null }

/** `path` is null for what is no file at all. */
export type Unknown = { path: string | null; name: string; size: number; reason: string }

/** The table that may lie in a folder: bestand;soort;jaar;periode;personeelsnummer. */
export const tableName = "loon.csv"

/** What the portal takes in one delivery, and in one file, in bytes. */
const limits = { files: 200, file: 100_000_000, all: 495_000_000 }

/** What systems leave in folders by themselves. */
const notOurs = /^\.|^~\$|^(thumbs\.db|desktop\.ini)$/i

/**
 * The documents in these folders and files, in the order of their names, and what is no document. In a folder the table goes before the names. Stops when
 * there is nothing, when something cannot be read or is empty, and when it is more than a delivery holds.
 */
export async function findFiles(paths: readonly string[], periodKind: string, given: Given): Promise<{ files: Found[]; unknown: Unknown[] }> {
  const files: Found[] = []
  const unknown: Unknown[] = []
  for (const path of paths) {
    const isFolder = (await statOf(path)).isDirectory()
    const names = isFolder ? (await namesIn(path)).filter((name) => name !== tableName && !notOurs.test(name)) : [basename(path)]
    const table = isFolder ? await tableOf(path, periodKind) : new Map<string, Told>()
    const missing = [...table.keys()].find((name) => !names.some((one) => one.normalize("NFC") === name))
    if (missing !== undefined) throw wrongUse("table-file-missing", `${tableName} noemt ${missing}, maar dat bestand is er niet.`, { file: missing })
    for (const name of names) {
      const place = isFolder ? join(path, name) : path
      const info = await statOf(place)
      const byTable = table.get(name.normalize("NFC"))
      const says: Named = !info.isFile() ? { unknown: "geen bestand" } : byTable ? { told: byTable } : nameSays(name, periodKind, given)
      if ("unknown" in says) unknown.push({ path: info.isFile() ? place : null, name, size: info.size, reason: says.unknown })
      else files.push({ path: place, name, size: sizeOf(name, info.size), told: says.told })
    }
  }
  if (files.length > limits.files) throw wrongUse("too-many-files", `Er gaan ${limits.files} bestanden in één zending; hier zijn er ${files.length}. Verdeel ze over meer zendingen.`)
  if (files.reduce((sum, { size }) => sum + size, 0) > limits.all) throw wrongUse("too-large", "Samen zijn de bestanden groter dan 495 MB. Verdeel ze over meer zendingen.")
  return { files, unknown }
}

/** A file that its name says nothing of: the portal recognises it when it is a PDF or XML, but not when its name says that it is of another period. */
export function recognisable({ path, name, size, reason }: Unknown): Found[] {
  return path !== null && /\.(pdf|xml)$/i.test(name) && reason !== otherPeriod ? [{ path, name, size: sizeOf(name, size), told: null }] : []
}

function sizeOf(name: string, size: number): number {
  if (size === 0) throw wrongUse("file-empty", `Het bestand ${name} is leeg.`, { file: name })
  if (size > limits.file) throw wrongUse("file-too-large", `Het bestand ${name} is groter dan 100 MB.`, { file: name })
  return size
}

async function statOf(path: string) {
  return stat(path).catch(() => {
    throw wrongUse("file-unreadable", `${basename(path)} is er niet, of kan niet worden gelezen.`, { file: basename(path) })
  })
}

async function namesIn(path: string): Promise<string[]> {
  const names = await readdir(path).catch(() => {
    throw wrongUse("file-unreadable", `De map ${basename(path)} kan niet worden gelezen.`)
  })
  return names.toSorted()
}

/** The rows of the table by file name; empty when there is none. Commas or semicolons, with or without quotes. */
async function tableOf(folder: string, periodKind: string): Promise<Map<string, Told>> {
  const text = await readFile(join(folder, tableName), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return ""
    throw wrongUse("file-unreadable", `${tableName} kan niet worden gelezen.`)
  })
  const [head = "", ...lines] = text.replace(/^\ufeff/, "").normalize("NFC").split(/\r?\n/)
  if (head === "") return new Map()
  const comma = head.includes(";") ? ";" : ","
  const cells = (line: string) => line.split(comma).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"))
  const columns = cells(head.toLowerCase())
  const rows = lines.flatMap((line, index) => (line.trim() === "" ? [] : [{ row: index + 2, cell: Object.fromEntries(cells(line).map((cell, at) => [columns[at] ?? "", cell])) }]))
  const table = new Map<string, Told>()
  for (const { row, cell } of rows) {
    const name = cell["bestand"] ?? ""
    if (name === "" || table.has(name)) throw wrongRow(row, "het bestand ontbreekt, of staat er twee keer in")
    table.set(name, toldBy(cell, row, periodKind))
  }
  return table
}

function toldBy(cell: Readonly<Record<string, string>>, row: number, periodKind: string): Told {
  const called = kindCalled((cell["soort"] ?? "").toLowerCase())
  if (!called) throw wrongRow(row, "de soort is niet bekend")
  const year = yearIn(cell["jaar"] ?? "")
  if (year === null) throw wrongRow(row, "het jaar klopt niet")
  const period = called.boundTo === "year" ? null : (periodIn(`${year}-${cell["periode"] ?? ""}`, periodKind)?.period ?? null)
  if (called.boundTo === "period" && period === null) throw wrongRow(row, "de periode klopt niet")
  const employeeNumber = cell["personeelsnummer"] || null
  if (called.isOfEmployee !== (employeeNumber !== null)) throw wrongRow(row, called.isOfEmployee ? "het personeelsnummer ontbreekt" : "deze soort is van de werkgever en heeft geen personeelsnummer")
  return { kind: called.kind, year, period, employeeNumber }
}

function wrongRow(row: number, why: string): Stop {
  return wrongUse("table-wrong", `Regel ${row} van ${tableName}: ${why}.`, { row })
}

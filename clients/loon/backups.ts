import { stat } from "node:fs/promises"
import { basename, join, resolve } from "node:path"
import type { Answer } from "./api.ts"
import { call, type Line } from "./call.ts"
import type { Command } from "./command.ts"
import { allOf, findEmployer } from "./employers.ts"
import { exits, Stop, wrongUse } from "./exits.ts"
import { fetchBackup } from "./fetch-backup.ts"
import { yearIn } from "./name-rules.ts"
import { sendBackup } from "./send-backup.ts"
import { plain, table } from "./table.ts"
import { countWord, momentWord } from "./words.ts"

export type Backup = Answer<"getBackup">

/** The commands for back-ups of the payroll package. */
export const backupCommands = {
  backup: {
    usage: "loon backup <werkgever> <bestand> [--jaar 2026] [--omschrijving tekst]",
    does: "stuurt een back-up van het loonpakket naar het portaal",
    more: "Brak het af? Geef dezelfde opdracht opnieuw: het gaat verder waar het was. De laatste vijf van een jaar worden bewaard. Zonder --jaar is het dit jaar.",
    takes: ["jaar", "omschrijving"],
    least: 2,
    most: 2,
    run: async ({ given: [asked = "", file = ""], options, folder, line, tell }) => {
      const year = yearOf(options.jaar) ?? new Date().getFullYear()
      const on = await line()
      const { id: employerId, name } = await findEmployer(on, asked)
      tell(`${plain(name)}: ${plain(basename(file))}, loonjaar ${year}.`)
      const { backup, isAgain } = await sendBackup(on, { employerId, year, path: resolve(folder, file), description: options.omschrijving ?? "" })
      return { json: { backup, again: isAgain }, text: `${isAgain ? "Deze back-up stond er al. " : ""}${headOf(backup)}`, exit: exits.done }
    },
  },
  herstel: {
    usage: "loon herstel <werkgever> [--laatste | --id <back-up>] [--jaar 2026] <naar>",
    does: "haalt een back-up terug en controleert die, voordat het bestand op zijn plaats komt",
    more: "<naar> is een bestand dat er nog niet is, of een map. Zonder --id is het de laatste back-up die heel is. Brak het af? Geef dezelfde opdracht opnieuw.",
    takes: ["laatste", "id", "jaar"],
    least: 2,
    most: 2,
    run: async ({ given: [asked = "", to = ""], options, folder, line }) => {
      if (options.laatste && options.id !== undefined) throw wrongUse("option-not-here", "Kies --laatste of --id, niet allebei.")
      const on = await line()
      const { id: employerId } = await findEmployer(on, asked)
      const rows = await backupsOf(on, employerId, yearOf(options.jaar))
      const backup = options.id === undefined ? rows.toSorted(newestFirst).find((one) => !one.damaged) : rows.find((one) => one.id === options.id)
      if (!backup) throw wrongUse("backup-unknown", "Deze back-up is er niet. loon backups <werkgever> toont welke er zijn.")
      const path = await placeFor(resolve(folder, to), backup)
      await fetchBackup(on, backup, path)
      return { json: { backup, path }, text: `${headOf(backup)}\nTeruggehaald naar ${plain(path)}. Het controlegetal klopt.`, exit: exits.done }
    },
  },
  backups: {
    usage: "loon backups <werkgever> [--jaar 2026]",
    does: "toont de back-ups van een werkgever",
    more: "",
    takes: ["jaar"],
    least: 1,
    most: 1,
    run: async ({ given: [asked = ""], options, line }) => {
      const on = await line()
      const { id: employerId } = await findEmployer(on, asked)
      const rows = (await backupsOf(on, employerId, yearOf(options.jaar))).toSorted(newestFirst)
      const shown = rows.map((one) => [one.id, one.name, one.year, one.size, momentWord(one.keptAt), one.description, one.damaged ? "beschadigd" : `heel op ${momentWord(one.checkedAt)}`, one.pinned ? "vast" : ""])
      return { json: rows, text: table(["Back-up", "Naam", "Jaar", "Bytes", "Binnen", "Omschrijving", "Nagelezen", ""], shown, "Er zijn geen back-ups."), exit: exits.done }
    },
  },
} as const satisfies Readonly<Record<string, Command>>

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const year = yearIn(text)
  if (year === null) throw wrongUse("year-wrong", "Schrijf een jaar als 2026.")
  return year
}

async function backupsOf(line: Line, employerId: string, year: number | null): Promise<Backup[]> {
  return allOf((query) => call(line, "listBackups", { params: { employerId }, query: { ...query, ...(year === null ? {} : { year: String(year) }) } }))
}

function newestFirst(a: Backup, b: Backup): number {
  return (b.keptAt ?? "").localeCompare(a.keptAt ?? "")
}

/** The file to write: what was asked, or the back-up's own name in a folder. Stops when something is there already. */
async function placeFor(path: string, { name }: Backup): Promise<string> {
  const there = await stat(path).catch(() => null)
  const file = there?.isDirectory() ? join(path, basename(name.replaceAll("\\", "/"))) : path
  const isTaken = file === path ? there !== null : (await stat(file).catch(() => null)) !== null
  if (isTaken) throw new Stop(exits.usage, "file-exists", `${plain(file)} bestaat al. Geef een andere naam; er wordt niets overschreven.`)
  return file
}

function headOf({ id, name, year, size, sha256 }: Backup): string {
  return `Back-up ${id}: ${plain(name)}, loonjaar ${year}, ${countWord(size, "byte", "bytes")}, SHA-256 ${sha256 ?? ""}.`
}

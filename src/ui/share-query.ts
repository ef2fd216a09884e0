import { idsIn, wordIn } from "./asked.ts"

/** What the address of the sharing page asks: the files, with whom ("alle": all employees), until when, and whether to confirm now. */
export type ShareQuery = { fileIds: string[]; to: string[]; toAll: boolean; lastDay: string; isNext: boolean }

/** Reads ?bestand= ?met= ?tot= ?stap= of an address. A last day that is no date is none. */
export function shareQuery(asked: Readonly<Record<string, string | string[] | undefined>>): ShareQuery {
  const lastDay = wordIn(asked.tot)
  return {
    fileIds: idsIn(asked.bestand),
    to: idsIn(asked.met),
    toAll: [asked.met].flat().includes("alle"),
    lastDay: /^\d{4}-\d{2}-\d{2}$/.test(lastDay) ? lastDay : "",
    isNext: wordIn(asked.stap) === "2",
  }
}

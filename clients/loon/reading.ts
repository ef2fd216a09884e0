import { setTimeout as pause } from "node:timers/promises"
import { call, type Line } from "./call.ts"
import type { Command } from "./command.ts"
import { allEmployers, allOf, employerNames, findEmployer } from "./employers.ts"
import { exits } from "./exits.ts"
import type { Delivery } from "./refusal.ts"
import { plain, table } from "./table.ts"
import { accessWord, checkWord, countWord, kindWord, momentWord, stateWord } from "./words.ts"

/** The commands that only read. */
export const readingCommands = {
  werkgevers: {
    usage: "loon werkgevers",
    does: "toont de werkgevers waar uw sleutel voor is",
    more: "",
    takes: [],
    least: 0,
    most: 0,
    run: async ({ line }) => {
      const rows = await allEmployers(await line())
      const shown = rows.map((one) => [one.number, one.name, one.wageTaxNumber, one.periodKind === "four-weeks" ? "vier weken" : "maand"])
      return { json: rows, text: table(["Nummer", "Naam", "Loonheffingennummer", "Periode"], shown, "Er zijn geen werkgevers."), exit: exits.done }
    },
  },
  werknemers: {
    usage: "loon werknemers <werkgever>",
    does: "toont de werknemers van een werkgever",
    more: "",
    takes: [],
    least: 1,
    most: 1,
    run: async ({ given: [asked = ""], line }) => {
      const on = await line()
      const { id: employerId } = await findEmployer(on, asked)
      const rows = await allOf((query) => call(on, "listEmployees", { params: { employerId }, query }))
      const shown = rows.map((one) => [one.number, [one.surname, [one.initials, one.prefix].filter(Boolean).join(" ")].join(", "), one.email, one.employedTo, accessWord(one.access)])
      return { json: rows, text: table(["Nr", "Naam", "E-mail", "Uit dienst", "Toegang"], shown, "Er zijn geen werknemers."), exit: exits.done }
    },
  },
  klaar: {
    usage: "loon klaar",
    does: "toont de zendingen die klaarstaan",
    more: "",
    takes: [],
    least: 0,
    most: 0,
    run: async ({ line }) => {
      const on = await line()
      const rows = await allOf((query) => call(on, "listDeliveries", { query: { ...query, state: "staged" } }))
      return { json: rows, text: await listed(on, rows, "Er staat niets klaar."), exit: exits.done }
    },
  },
  toon: {
    usage: "loon toon <zending>",
    does: "toont een zending: de bestanden, de stukken en of die kloppen",
    more: "",
    takes: [],
    least: 1,
    most: 1,
    run: async ({ given: [deliveryId = ""], line }) => {
      const { answer } = await call(await line(), "getDelivery", { params: { deliveryId } })
      return { json: answer, text: detailsOf(answer), exit: exits.done }
    },
  },
  status: {
    usage: "loon status [zending] [--wacht]",
    does: "toont hoe een zending ervoor staat, of de laatste vijftig",
    more: "Met --wacht wacht het tot de zending gelezen en verzonden is.",
    takes: ["wacht"],
    least: 0,
    most: 1,
    run: async ({ given: [deliveryId], options, line, signal }) => {
      const on = await line()
      if (deliveryId === undefined) {
        const { rows } = (await call(on, "listDeliveries", { query: { limit: "50" } })).answer
        return { json: rows, text: await listed(on, rows, "Er zijn nog geen zendingen."), exit: exits.done }
      }
      for (let wait = 500; ; wait = Math.min(wait * 1.5, 10_000)) {
        const { answer } = await call(on, "getDelivery", { params: { deliveryId } })
        if (!options.wacht || !isMoving(answer)) return { json: answer, text: headOf(answer), exit: exits.done }
        await pause(wait, undefined, { signal })
      }
    },
  },
} as const satisfies Readonly<Record<string, Command>>

/** Whether a delivery changes by itself soon: it is being read or sent. A state that this does not know rests. */
function isMoving({ state, files }: Delivery): boolean {
  return state === "sending" || (state === "draft" && files.some((file) => file.state === "received"))
}

async function listed(line: Line, rows: readonly { id: string; employerId: string; state: string; createdAt: string; sentAt: string | null }[], empty: string): Promise<string> {
  const names = rows.length > 0 ? await employerNames(line) : new Map<string, string>()
  const shown = rows.map((one) => [one.id, names.get(one.employerId) ?? one.employerId, stateWord(one.state), momentWord(one.createdAt), momentWord(one.sentAt)])
  return table(["Zending", "Werkgever", "Staat", "Gemaakt", "Verzonden"], shown, empty)
}

/** A delivery in one line: its id, its state, and how much is in it. */
export function headOf({ id, state, publishAt, sentAt, files, documents }: Delivery): string {
  const at = sentAt ?? publishAt
  const when = at === null ? "" : ` op ${momentWord(at)}`
  return `Zending ${id}: ${plain(stateWord(state))}${when}, ${countWord(files.length, "bestand", "bestanden")}, ${countWord(documents.length, "stuk", "stukken")}.`
}

/** A delivery with everything in it. */
export function detailsOf(delivery: Delivery): string {
  const files = delivery.files.map((file) => [file.name, file.size, file.pages ?? "", file.refusal ?? (file.state === "received" ? "wordt gelezen" : "gelezen")])
  return [headOf(delivery), table(["Bestand", "Bytes", "Bladzijden", "Staat"], files, "Er zijn geen bestanden."), documentsOf(delivery.documents)].join("\n\n")
}

/** The documents of a delivery that stop it from being sent, as a table; "" when there are none. */
export function redOf({ documents, files }: Delivery): string {
  const refused = files.filter((file) => file.refusal !== null).map((file) => [file.name, file.refusal])
  const red = documents.filter((one) => one.parked !== null || one.check.level === "red")
  return [refused.length > 0 ? table(["Bestand", "Waarom niet"], refused, "") : "", red.length > 0 ? documentsOf(red) : ""].filter(Boolean).join("\n\n")
}

function documentsOf(documents: Delivery["documents"]): string {
  const signs: Readonly<Record<string, string>> = { green: "goed", amber: "let op", red: "rood" }
  const rows = documents.map((one) => [
    one.id,
    kindWord(one.kind),
    one.year === null ? "" : `${one.year}${one.period === null ? "" : `-${String(one.period).padStart(2, "0")}`}`,
    one.employee ? `${one.employee.number} ${one.employee.name}` : "",
    signs[one.check.level] ?? one.check.level,
    one.parked === null ? checkWord(one.check.code) : `niet toegewezen (${one.parked})`,
  ])
  return table(["Stuk", "Soort", "Periode", "Werknemer", "Oordeel", "Waarom"], rows, "Er zijn geen stukken.")
}

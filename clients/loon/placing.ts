import { resolve } from "node:path"
import type { Line } from "./call.ts"
import type { Command, Order, Outcome } from "./command.ts"
import { findForWhom } from "./employers.ts"
import { exits, Stop, wrongUse, type Exit } from "./exits.ts"
import { findFiles, recognisable, tableName, type Found, type Unknown } from "./folder.ts"
import { periodIn, yearIn, type Given } from "./name-rules.ts"
import { placeOnce } from "./place.ts"
import { headOf, redOf } from "./reading.ts"
import { reportIn, type Delivery } from "./refusal.ts"
import { sendOne } from "./sending.ts"
import { plain } from "./table.ts"
import { countWord } from "./words.ts"

const rules = `Namen die worden herkend: loonstrook-17-2026-03.pdf, jaaropgave-17-2026.pdf, journaalpost-2026-03.pdf, loonstroken-maart-2026.pdf (van iedereen in één bestand).
Of leg in de map een tabel ${tableName}: bestand;soort;jaar;periode;personeelsnummer. Zie docs/loon.md.`

/** The commands that bring files to the portal. */
export const placingCommands = {
  "zet-klaar": {
    usage: "loon zet-klaar <werkgever> <map of bestanden...> [--periode 2026-03] [--jaar 2026]",
    does: "zet bestanden klaar in één zending; er gaat nog niets uit",
    more: `--periode en --jaar gelden voor bestanden waarvan de naam dat niet zegt. Een PDF of XML met een andere naam herkent het portaal.\n${rules}`,
    takes: ["periode", "jaar", "sla-over", "opnieuw"],
    least: 2,
    most: Infinity,
    run: async (order) => {
      const { found, placed } = await place(order, { isStrict: false })
      return outcome(found, placed, "")
    },
  },
  maand: {
    usage: "loon maand <werkgever> <map> [--periode 2026-03] [--verzend]",
    does: "zet de hele maand van een werkgever klaar uit een map, en verzendt die met --verzend",
    more: `Een bestand dat niet wordt herkend, houdt alles tegen; met --sla-over blijft het achter. Twee keer dezelfde maand is één zending.\n${rules}`,
    takes: ["periode", "jaar", "verzend", "sla-over", "opnieuw"],
    least: 2,
    most: 2,
    run: async (order) => {
      const { line, found, placed } = await place(order, { isStrict: true })
      if (!order.options.verzend || !["draft", "staged"].includes(placed.delivery.state)) return outcome(found, placed, "")
      const red = redOf(placed.delivery)
      if (red !== "") return outcome(found, placed, `De zending staat klaar, maar is niet verzonden: dit klopt nog niet.\n\n${red}`, exits.red)
      const delivery = await sendOne(line, placed.delivery)
      return outcome(found, { ...placed, delivery }, `De zending gaat uit. loon status ${delivery.id} --wacht wacht tot zij weg is.`)
    },
  },
} as const satisfies Readonly<Record<string, Command>>

type Month = { files: Found[]; skipped: Unknown[] }

async function place(order: Order, { isStrict }: { isStrict: boolean }): Promise<{ line: Line; found: Month; placed: { delivery: Delivery; isAgain: boolean } }> {
  const [asked = "", ...paths] = order.given
  const line = await order.line()
  const { whom, name, periodKind } = await findForWhom(line, asked)
  const found = await monthIn(order, paths, periodKind, isStrict)
  order.tell(`${plain(name)}: ${countWord(found.files.length, "bestand", "bestanden")}.`)
  const placed = await placeOnce(line, whom, found.files, { anew: order.options.opnieuw === true }).catch((error: unknown) => {
    const report = error instanceof Stop ? reportIn(error) : null
    if (!(error instanceof Stop) || !report) throw error
    throw new Stop(error.exit, error.code, [error.message, redOf(report)].filter(Boolean).join("\n\n"), error.details)
  })
  return { line, found, placed }
}

/** The files that are to go; stops for what is no document, and for a month folder that holds more than one month. */
async function monthIn(order: Order, paths: readonly string[], periodKind: string, isStrict: boolean): Promise<Month> {
  const { files, unknown } = await findFiles(paths.map((path) => resolve(order.folder, path)), periodKind, givenBy(order, periodKind))
  const recognised = isStrict ? [] : unknown.flatMap(recognisable)
  const skipped = unknown.filter(({ path }) => !recognised.some((one) => one.path === path))
  if (skipped.length > 0 && !order.options["sla-over"]) {
    const lines = skipped.map((one) => `  ${plain(one.name)}: ${one.reason}`)
    throw wrongUse("files-unknown", `${countWord(skipped.length, "bestand wordt", "bestanden worden")} niet herkend. Er is niets verzonden.\n${lines.join("\n")}\nMet --sla-over blijven ze achter.`, { files: skipped.map(({ name, reason }) => ({ name, reason })) })
  }
  const all = [...files, ...recognised]
  if (all.length === 0) throw wrongUse("nothing-to-send", "Er zijn geen bestanden om klaar te zetten.")
  const periods = [...new Set(files.flatMap(({ told }) => (told && told.period !== null ? [`${told.year}-${String(told.period).padStart(2, "0")}`] : [])))]
  if (isStrict && periods.length > 1) throw wrongUse("more-periods", `In deze map zitten bestanden van meer periodes: ${periods.join(", ")}. Een maand is één periode.`, { periods })
  return { files: all, skipped }
}

function givenBy({ options }: Order, periodKind: string): Given {
  const period = options.periode === undefined ? null : periodIn(options.periode, periodKind)
  if (options.periode !== undefined && !period) throw wrongUse("period-wrong", "Schrijf een periode als 2026-03. Bij vier weken is dat de derde periode van 2026.")
  const year = options.jaar === undefined ? null : yearIn(options.jaar)
  if (options.jaar !== undefined && year === null) throw wrongUse("year-wrong", "Schrijf een jaar als 2026.")
  return { period, year }
}

function outcome({ files, skipped }: Month, { delivery, isAgain }: { delivery: Delivery; isAgain: boolean }, more: string, exit: Exit = exits.done): Outcome {
  const head = `${isAgain ? "Deze bestanden stonden er al. " : ""}${headOf(delivery)}`
  const left = skipped.length > 0 ? `Achtergebleven: ${skipped.map(({ name }) => plain(name)).join(", ")}.` : ""
  return { json: { delivery, again: isAgain, files: files.length, skipped: skipped.map(({ name, reason }) => ({ name, reason })) }, text: [head, left, more].filter(Boolean).join("\n"), exit }
}

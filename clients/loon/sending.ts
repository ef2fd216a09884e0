import { createHash } from "node:crypto"
import { operations } from "./api.ts"
import { fits } from "./answer-shape.ts"
import { call, type Line } from "./call.ts"
import type { Command } from "./command.ts"
import { allOf } from "./employers.ts"
import { exits, Stop, type Exit } from "./exits.ts"
import { deliveryAt } from "./place.ts"
import { headOf, redOf } from "./reading.ts"
import type { Delivery } from "./refusal.ts"
import { refusalWord } from "./words.ts"

/** The commands that send what is staged, and throw it away. */
export const sendingCommands = {
  verzend: {
    usage: "loon verzend <zending...> [--droog]",
    does: "verzendt zendingen die klaarstaan",
    more: "Met --droog gebeurt er niets: u ziet wat er zou gebeuren.",
    takes: ["droog"],
    least: 1,
    most: Infinity,
    run: async ({ given, options, line }) => {
      const on = await line()
      const results: { json: Record<string, unknown>; text: string; exit: Exit }[] = []
      for (const id of new Set(given)) {
        results.push(await (options.droog ? tryOut(on, id) : sendById(on, id)).catch((error: unknown) => {
          if (!(error instanceof Stop) || (error.exit !== exits.refused && error.exit !== exits.red)) throw error
          return { json: { id, error: { code: error.code, sentence: error.message } }, text: `Zending ${id}: ${error.message}`, exit: error.exit }
        }))
      }
      const exit = results.find((one) => one.exit !== exits.done)?.exit ?? exits.done
      return { json: results.map(({ json }) => json), text: results.map(({ text }) => text).join("\n"), exit }
    },
  },
  verwijder: {
    usage: "loon verwijder <zending of stuk>",
    does: "gooit een zending weg die nog niet is verzonden, of haalt er een stuk of bestand uit",
    more: "",
    takes: [],
    least: 1,
    most: 1,
    run: async ({ given: [id = ""], line }) => {
      const on = await line()
      if (await deliveryAt(on, id)) {
        await call(on, "deleteDelivery", { params: { deliveryId: id } })
        return { json: { removed: id, what: "delivery" }, text: `Zending ${id} is weg.`, exit: exits.done }
      }
      const { delivery, isFile } = await deliveryWith(on, id)
      if (isFile) await call(on, "deleteFile", { params: { deliveryId: delivery.id, fileId: id } })
      else await call(on, "deleteDocument", { params: { deliveryId: delivery.id, documentId: id } })
      return { json: { removed: id, what: isFile ? "file" : "document", delivery: delivery.id }, text: `${isFile ? "Bestand" : "Stuk"} ${id} is uit zending ${delivery.id}.`, exit: exits.done }
    },
  },
} as const satisfies Readonly<Record<string, Command>>

/**
 * Sends a staged delivery; twice sends once. The name of the request follows from when it was staged, so that a delivery that was opened and staged again is
 * not taken for what was asked before.
 */
export async function sendOne(line: Line, { id, stagedAt }: Pick<Delivery, "id" | "stagedAt">): Promise<Delivery> {
  const name = `loon-${createHash("sha256").update(`send\n${id}\n${stagedAt}`).digest("hex")}`
  await call(line, "sendDelivery", { params: { deliveryId: id }, name })
  return (await call(line, "getDelivery", { params: { deliveryId: id } })).answer
}

async function sendById(line: Line, deliveryId: string) {
  const { answer } = await call(line, "getDelivery", { params: { deliveryId } })
  const delivery = await sendOne(line, answer).catch((error: unknown) => {
    if (!(error instanceof Stop) || error.exit !== exits.red) throw error
    throw new Stop(error.exit, error.code, [error.message, redOf(answer)].filter(Boolean).join("\n\n"), error.details)
  })
  return { json: delivery, text: headOf(delivery), exit: exits.done }
}

async function tryOut(line: Line, deliveryId: string) {
  const { answer } = await call(line, "sendDelivery", { params: { deliveryId }, query: { dryRun: "true" } })
  const { getDelivery: { answer: shape } } = operations
  if (fits(shape, answer)) return { json: answer, text: headOf(answer), exit: exits.done }
  if (!("ok" in answer)) throw new Stop(exits.unreachable, "no-portal", "Op dit adres antwoordt iets anders dan het portaal.")
  const { ok, refusals, delivery } = answer
  const why = refusals.map(({ code, count }) => `${refusalWord(code)}${count === null ? "" : ` (${count})`}`).join(", ")
  const text = ok ? `${headOf(delivery)} Kan worden verzonden.` : [`${headOf(delivery)} Kan niet worden verzonden: ${why}.`, redOf(delivery)].filter(Boolean).join("\n\n")
  return { json: answer, text, exit: ok ? exits.done : exits.red }
}

/** The delivery that was not sent yet and has this document or file in it. */
async function deliveryWith(line: Line, id: string): Promise<{ delivery: Delivery; isFile: boolean }> {
  for (const state of ["staged", "draft"]) {
    for (const { id: deliveryId } of await allOf((query) => call(line, "listDeliveries", { query: { ...query, state } }))) {
      const delivery = await deliveryAt(line, deliveryId)
      const isFile = delivery?.files.some((file) => file.id === id) ?? false
      if (delivery && (isFile || delivery.documents.some((one) => one.id === id))) return { delivery, isFile }
    }
  }
  throw new Stop(exits.refused, "not-found", "Er is geen zending, stuk of bestand met dit nummer dat nog weg kan.")
}

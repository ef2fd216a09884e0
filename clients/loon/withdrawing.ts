import { createHash } from "node:crypto"
import type { Answer } from "./api.ts"
import { jsonBody } from "./ask.ts"
import { call } from "./call.ts"
import type { Command } from "./command.ts"
import { exits, wrongUse } from "./exits.ts"
import { plain } from "./table.ts"
import { countWord, momentWord } from "./words.ts"

type Recall = Answer<"getWithdrawal">

/** The reasons by what they are called here. */
const reasons: Readonly<Record<string, string>> = { persoon: "wrong-person", bedrag: "wrong-amount", periode: "wrong-period", dubbel: "twice", anders: "other" }

/** Takes back what was sent. */
export const withdraw = {
  usage: "loon trek-in <zending> --reden persoon|bedrag|periode|dubbel|anders [--toelichting tekst] [--droog]",
  does: "trekt een hele verzonden zending in: wie iets kreeg, kan het niet meer openen",
  more: "Dit kan niet worden teruggedraaid. Met --droog gebeurt er niets: u ziet hoeveel er is geopend, en door wie. Wat al was ingetrokken of vervangen, blijft zoals het is.\nDe toelichting leest wie het document kreeg; zet er geen BSN in.",
  takes: ["reden", "toelichting", "droog"],
  least: 1,
  most: 1,
  run: async ({ given: [deliveryId = ""], options, line }) => {
    const reason = reasons[options.reden ?? ""]
    if (!options.droog && reason === undefined) throw wrongUse("reason-missing", `Zeg waarom, met --reden: ${Object.keys(reasons).join(", ")}.`)
    const on = await line()
    if (options.droog) {
      const { answer } = await call(on, "getWithdrawal", { params: { deliveryId } })
      return { json: answer, text: told(answer), exit: exits.done }
    }
    const why = { reason, ...(options.toelichting === undefined ? {} : { note: options.toelichting }) }
    const name = `loon-${createHash("sha256").update(`withdraw\n${deliveryId}\n${JSON.stringify(why)}`).digest("hex")}`
    const { answer } = await call(on, "withdrawDelivery", { params: { deliveryId }, body: jsonBody(why), name })
    return { json: answer, text: told(answer), exit: exits.done }
  },
} as const satisfies Command

/** What withdrawing would come down to, or did: how many, who had opened them, and what went by mail. */
function told({ deliveryId, withdrawnAt, current, together, apart, replaced, opened, openers, mailed }: Recall): string {
  const all = current + together
  return [
    withdrawnAt === null ? `Zending ${deliveryId}: ${countWord(current, "stuk", "stukken")} in te trekken.` : `Zending ${deliveryId}: ${countWord(together, "stuk", "stukken")} ingetrokken op ${momentWord(withdrawnAt)}.`,
    apart + replaced > 0 ? `Al apart ingetrokken: ${apart}. Al vervangen: ${replaced}.` : "",
    `Geopend: ${opened} van ${all}.`,
    ...openers.map(({ party, name, files }) => `  ${plain(name ?? "onbekend")} (${party === "employee" ? "werknemer" : "werkgever"}): ${files}`),
    ...mailed.map(({ name, at }) => `Ging ook per mail, en is niet terug te halen: ${plain(name ?? "onbekend")}, ${momentWord(at)}.`),
  ].filter(Boolean).join("\n")
}

import type { Line } from "./call.ts"
import type { Exit } from "./exits.ts"

/** What may stand behind any order, and what a command may take of it. */
export const options = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  profiel: { type: "string" },
  adres: { type: "string" },
  periode: { type: "string" },
  jaar: { type: "string" },
  droog: { type: "boolean" },
  wacht: { type: "boolean" },
  verzend: { type: "boolean" },
  "sla-over": { type: "boolean" },
  opnieuw: { type: "boolean" },
  laatste: { type: "boolean" },
  id: { type: "string" },
  omschrijving: { type: "string" },
  reden: { type: "string" },
  toelichting: { type: "string" },
} as const

export type OptionName = keyof typeof options
export type Options = { [Name in OptionName]?: ((typeof options)[Name]["type"] extends "string" ? string : boolean) | undefined }

/** What came of an order: one value for programs, text for people, and the number to end with. */
export type Outcome = { json: unknown; text: string; exit: Exit }

/** `line` reads who is signed in, and is asked only where the portal is needed. */
export type Order = { given: readonly string[]; options: Options; profile: string; folder: string; signal: AbortSignal; tell: (sentence: string) => void; line: () => Promise<Line> }

export type Command = { usage: string; does: string; more: string; takes: readonly OptionName[]; least: number; most: number; run: (order: Order) => Promise<Outcome> }

/** With what the program ends. Scripts go by these numbers: they do not change. */
export const exits = {
  done: 0,
  refused: 1,
  usage: 2,
  key: 3,
  unreachable: 4,
  halfWay: 5,
  red: 6,
} as const

export type Exit = (typeof exits)[keyof typeof exits]

/** What each number means, for the help. */
export const exitTable: Readonly<Record<keyof typeof exits, string>> = {
  done: "gelukt",
  refused: "geweigerd door het portaal, met een code en een zin",
  usage: "de opdracht klopt niet, of een bestand of werkgever is niet gevonden",
  key: "niet aangemeld, of de sleutel werkt niet",
  unreachable: "het portaal is niet bereikbaar, of geeft geen antwoord zoals het portaal",
  halfWay: "halverwege gestopt; dezelfde opdracht gaat verder",
  red: "iets klopt niet in de zending; er is niets verzonden",
}

/** Why the program stops: the number it ends with, a stable code, a sentence for people, and what else there is to know. */
export class Stop extends Error {
  readonly exit: Exit
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  constructor(exit: Exit, code: string, sentence: string, details: Readonly<Record<string, unknown>> = {}) {
    super(sentence)
    this.name = "Stop"
    this.exit = exit
    this.code = code
    this.details = details
  }
}

/** A Stop for an order that is not right. */
export function wrongUse(code: string, sentence: string, details: Readonly<Record<string, unknown>> = {}): Stop {
  return new Stop(exits.usage, code, sentence, details)
}

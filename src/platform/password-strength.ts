import type { ZxcvbnFactory } from "@zxcvbn-ts/core"

/** Why a password is easily guessed; a key under errors in the catalogue. */
export type Guessable = "password-common" | "password-repeats" | "password-sequence" | "password-too-simple"

/** So much is looked at: what comes after it only makes a password stronger, and takes long to look at. */
const looked = 72
/** Of zxcvbn's five scores, the lowest that is good enough: more than 10^8 guesses by somebody who knows how people choose. */
const goodScore = 3

let judge: Promise<ZxcvbnFactory> | undefined

/**
 * Why a password can be guessed, by zxcvbn with its list of 49,000 common passwords and words, case and "l33t" variants included (ASVS 6.2.4, 6.2.12); null when it is
 * strong. `known` are words that an attacker tries first. Takes a tenth of a second for an odd one of the greatest length; the lists load once, when first used.
 */
export async function whyGuessable(password: string, known: readonly string[]): Promise<Guessable | null> {
  const zxcvbn = await (judge ??= load())
  const { score, sequence } = zxcvbn.check([...password.normalize("NFC")].slice(0, looked).join(""), [...known])
  if (score >= goodScore) return null
  const patterns = sequence.map((part) => part.pattern)
  if (patterns.includes("repeat")) return "password-repeats"
  if (patterns.includes("sequence") || patterns.includes("spatial")) return "password-sequence"
  return patterns.includes("dictionary") ? "password-common" : "password-too-simple"
}

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")])
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
}

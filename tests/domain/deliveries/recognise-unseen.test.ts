import { expect, test } from "vitest"
import type { Judgement } from "../../corpora/recognition-unseen/judge.ts"
import { recognisePages } from "#domain/deliveries/recognise-pages.ts"
import { judgeLayout, known } from "../../corpora/recognition-unseen/judge.ts"
import { layouts } from "../../corpora/recognition-unseen/layouts.ts"
import type { Person } from "../../corpora/recognition-unseen/people.ts"
import { people } from "../../corpora/recognition-unseen/people.ts"
import { dutch, plain, sorted } from "../../corpora/recognition-unseen/sheets.ts"
import { pageOf } from "../../support/pages.ts"

/** Pages that are clear to a reader and wait all the same. */
const stillParked = new Map<string, Omit<Judgement, "outcome">[]>([["payslip-in-english", [{ page: 3, found: "period-unknown" }]]])

const clearOn = ({ truths }: (typeof layouts)[number]) => truths.filter((truth) => typeof truth !== "string" && !truth.mayPark).length

test.each(layouts.map((layout) => [layout.name, layout] as const))("%s: nothing is given to the wrong one, and what is clear is placed", async (name, layout) => {
  const amiss = (await judgeLayout(layout)).filter(({ outcome }) => outcome !== "right")
  expect(amiss).toEqual((stillParked.get(name) ?? []).map((page) => ({ ...page, outcome: "parked" })))
})

test("fewer than one clear page in twenty waits, in more than three hundred", () => {
  const clear = layouts.reduce((sum, layout) => sum + clearOn(layout), 0)
  const parked = [...stillParked.values()].flat().length
  expect(clear).toBeGreaterThan(300)
  expect(parked / clear).toBeLessThan(0.05)
})

const sayings: [string, (number: Person, name: Person, born: Person) => string[]][] = [
  ["under labels", (number, name, born) => [`Personeelsnummer: ${number.number}`, `Naam: ${plain(name)}`, `Geboortedatum: ${dutch(born.born)}`]],
  ["on one line", (number, name, born) => [`Personeelsnr. ${number.number} · ${sorted(name)} · geb. ${dutch(born.born)}`]],
  ["in capitals after a bare Nr.", (number, name, born) => [`Nr. ${number.number}`, plain(name).toUpperCase(), `GEB. ${dutch(born.born, ".")}`]],
  ["without a number", (_, name, born) => [sorted(name), `geboren ${dutch(born.born)}`]],
  ["without a birth date", (number, name) => [`Werknemer: ${number.number.padStart(6, "0")} ${plain(name)}`]],
  ["without a name", (number, _, born) => [`Pers.nr. ${number.number}`, `Geb.datum ${dutch(born.born)}`]],
]

/** Whom a page that says this may be given to: nobody whose name, birth date or number is another. */
function isNotAgainst(person: Person, lines: string[]): boolean {
  const text = ` ${lines.join("  ").toLowerCase()} `
  const [number = "", born = "", otherBorn = ""] = [person.number.toLowerCase(), dutch(person.born), dutch(person.born, ".")]
  const saysNumber = people.some((other) => text.includes(` ${other.number.toLowerCase()} `) || text.includes(` ${other.number.toLowerCase().padStart(6, "0")} `))
  const isNumber = !saysNumber || text.includes(` ${number} `) || text.includes(` ${number.padStart(6, "0")} `)
  const isBorn = !/\d\d[-.]\d\d[-.]\d{4}/.test(text) || text.includes(born) || text.includes(otherBorn)
  const isNamed = !people.some((other) => text.includes(` ${plain(other).toLowerCase()} `) || text.includes(` ${sorted(other).toLowerCase()} `)) || text.includes(` ${plain(person).toLowerCase()} `) || text.includes(` ${sorted(person).toLowerCase()} `)
  return isNumber && isBorn && isNamed
}

test.each(sayings)("a page that mixes up people %s is given to nobody whom it speaks against", (_, say) => {
  const against: string[][] = []
  for (const [index, one] of people.entries()) {
    for (const other of people.slice(Math.max(0, index - 4), index + 5)) {
      for (const lines of [say(one, one, one), say(other, one, one), say(one, other, one), say(one, one, other)]) {
        const [part] = recognisePages([pageOf(1, "Loonstrook juli 2026", ...lines)], known).parts
        const person = people.find(({ number }) => number === part?.employeeId)
        if (person && !isNotAgainst(person, lines)) against.push([person.number, ...lines])
      }
    }
  }
  expect(against).toEqual([])
})

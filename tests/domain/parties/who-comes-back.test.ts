import { expect, test } from "vitest"
import { comparePeople } from "#domain/parties/compare-people.ts"
import { readPeopleCsv } from "#domain/parties/read-people-list.ts"

const csv = (...lines: string[]) => new TextEncoder().encode(["nummer;voorletters;achternaam;geboortedatum;bsn;email;in dienst;uit dienst", ...lines].join("\n"))
const gone = "7;N;Bakker;16-04-1986;999967216;nora@werk.test;01-02-2020;31-12-2025"
const back = "12;N;Bakker;16-04-1986;999967216;nora@werk.test;01-03-2026;"

const existing = (employmentTo: string | null, birthDate = "1986-04-16", number = "7") => {
  return { number, initials: "N", prefix: null, surname: "Bakker", birthDate, bsn: "999967216", email: null, address: null, employmentFrom: "2020-02-01", employmentTo }
}
const compare = (known: ReturnType<typeof existing>[], ...lines: string[]) => {
  const { returning, conflicts } = comparePeople(known, readPeopleCsv(csv(...lines)).people, { today: "2026-03-25" })
  return { returning: returning.map((one) => [one.person.number, one.existing.number, one.mayRenumber]), conflicts: conflicts.map(({ person }) => person.number) }
}
const conflict = { returning: [], conflicts: ["12"] }

test.each([
  ["and whose employment still runs", [existing(null)], [back]],
  ["and whose employment ends today", [existing("2026-03-25")], [back.replace("01-03-2026", "26-03-2026")]],
  ["and starts before the other ended", [existing("2026-03-10")], [back]],
  ["and was born on another day", [existing("2025-12-31", "1986-04-17")], [back]],
  ["of whose two employments one runs", [existing("2025-12-31"), existing(null, "1986-04-16", "9")], [back]],
  ["whose end the file takes away", [existing("2025-12-31")], [gone.replace("31-12-2025", ""), back]],
  ["without a name", [existing("2025-12-31")], ["12;;;;999967216;n@werk.test;;"]],
])("who comes back %s is a conflict", (_, known, lines) => expect(compare(known, ...lines)).toEqual(conflict))

test("with the BSN under two new numbers of one file, both are conflicts", () => {
  expect(compare([existing("2025-12-31")], back, back.replace("12;", "13;"))).toEqual({ returning: [], conflicts: ["12", "13"] })
})

test.each([
  ["after two employments, by the last,", [existing("2022-12-31"), existing("2025-12-31", "1986-04-16", "9")], [back], ["12", "9", true]],
  ["in a file that tells the end of the old one", [existing(null)], [gone, back], ["12", "7", false]],
  ["under another surname", [existing("2025-12-31")], [back.replace("Bakker", "Smit")], ["12", "7", true]],
])("who comes back %s is asked about", (_, known, lines, expected) => expect(compare(known, ...lines)).toEqual({ returning: [expected], conflicts: [] }))

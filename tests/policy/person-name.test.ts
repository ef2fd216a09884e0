import fc from "fast-check"
import { expect, test } from "vitest"
import { letterName, listName, normaliseInitials, plainInitials, sortKey } from "#policy/person-name.ts"

const named = (initials: string | null, prefix: string | null, surname: string) => ({ initials, prefix, surname })

test.each([
  [named("K", "de", "Vries"), "Vries, K de", "K. de Vries"],
  [named("M.A.", "van den", "Berg"), "Berg, M.A. van den", "M.A. van den Berg"],
  [named("MA", "van den", "Berg"), "Berg, M.A. van den", "M.A. van den Berg"],
  [named("A", null, "'t Hooft"), "'t Hooft, A", "A. 't Hooft"],
  [named("W", null, "de la Cruz"), "de la Cruz, W", "W. de la Cruz"],
  [named("L", "van der", "Meer-Jansen"), "Meer-Jansen, L van der", "L. van der Meer-Jansen"],
  [named("Ż", null, "Łukasik"), "Łukasik, Ż", "Ż. Łukasik"],
  [named("Chr", null, "Kuiper"), "Kuiper, Chr", "Chr. Kuiper"],
  [named(null, "de", "Vries"), "Vries, de", "De Vries"],
  [named(null, "'t", "Hooft"), "Hooft, 't", "'t Hooft"],
  [named(null, null, "Koning"), "Koning", "Koning"],
])("a list and a letter name somebody each in its own way: %j", (name, inList, inLetter) => {
  expect(listName(name)).toBe(inList)
  expect(letterName(name)).toBe(inLetter)
})

test("people are listed on the core surname, accents and prefixes aside", () => {
  const inOrder = [
    named("T", "von", "Ahlefeld"),
    named("N", null, "Bakker"),
    named("A", "van den", "Berg"),
    named("A", null, "Bérg"),
    named("B", null, "Berg"),
    named("C", null, "Berg Jansen"),
    named("C", null, "Bergh"),
    named("O", null, "Çelik"),
    named("W", null, "de la Cruz"),
    named("A", null, "De Boer"),
    named("A", null, "'t Hooft"),
    named("C", "ter", "Horst"),
    named("J", null, "IJsbrandy"),
    named("J", null, "Łukasik"),
    named("L", null, "Öztürk"),
    named("K", "de", "Vries"),
    named("A", null, "Vriesema"),
  ]
  const byKey = (one: { key: string }, other: { key: string }) => (one.key < other.key ? -1 : 1)
  const listed = inOrder.map((name) => ({ name, key: sortKey(name) })).reverse().sort(byKey)
  expect(listed.map(({ name }) => listName(name))).toEqual([
    "Ahlefeld, T von", "Bakker, N", "Bérg, A", "Berg, A van den", "Berg, B", "Bergh, C", "Berg Jansen, C", "Çelik, O", "de la Cruz, W",
    "De Boer, A", "'t Hooft, A", "Horst, C ter", "IJsbrandy, J", "Łukasik, J", "Öztürk, L", "Vries, K de", "Vriesema, A",
  ])
})

test("a name of nothing but signs still has a place in the list", () => expect(sortKey(named(null, null, "?!"))).toBe("?!"))

test.each([
  ["MA", "M.A."], ["M.A.", "M.A."], ["M A", "M.A."], ["m.a.", "m.a."], ["K.", "K"], ["K", "K"], ["J.Th.", "J.Th."], ["Chr.", "Chr"], ["J.-P.", "J.-P."],
  ["IJ.", "IJ."], ["Ż", "Ż"], ["", ""], ["<b>", "<b>"], ["..", ".."],
])("initials %j are spelled %j", (given, spelled) => expect(normaliseInitials(given)).toBe(spelled))

test("spelling initials a second time changes nothing", () => {
  const pieces = fc.constantFrom("A", "B", "Ż", "Th", "IJ", ".", " ", "-", "'", "Chr", "x", "1")
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
      const once = normaliseInitials(parts.join(""))
      expect(normaliseInitials(once)).toBe(once)
    }),
    { numRuns: 2000 },
  )
})

test("the tax return's spelling of initials is known for what it is", () => {
  expect(plainInitials("Ż")).toBe("Z")
  expect(plainInitials("J.Th.")).toBe("J.T.H.")
})

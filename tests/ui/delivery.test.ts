import { readFile } from "node:fs/promises"
import { globSync } from "node:fs"
import { join } from "node:path"
import { createTranslator } from "next-intl"
import { describe, expect, test } from "vitest"
import { evidenceCodes } from "#domain/deliveries/recognise-types.ts"
import type { DeliveryItemView } from "#domain/deliveries/view-delivery.ts"
import en from "#messages/en.json" with { type: "json" }
import nl from "#messages/nl.json" with { type: "json" }
import { pdfRefusals } from "#platform/pdf-refused.ts"
import { deliveryTitle, itemTitle, kindsText, outcomeOf, pagesText } from "#ui/delivery-words.ts"

const t = createTranslator({ locale: "nl", messages: nl, timeZone: "Europe/Amsterdam" })
const march = { kind: "payslip", year: 2026, period: 3, periodKind: "month" }
const february = { ...march, period: 2 }
const lastYear = { kind: "annual-statement", year: 2025, period: null, periodKind: null }
const unknown = { kind: "payslip", year: null, period: null, periodKind: null }

test.each([
  [[], ""],
  [[4], "4"],
  [[4, 5], "4-5"],
  [[1, 3, 4, 5, 9], "1, 3-5, 9"],
])("pages %j are written as %j", (pages, text) => {
  expect(pagesText(pages)).toBe(text)
})

test("whatever a page was recognised by has its words in both languages", () => {
  for (const { delivery } of [nl, en]) expect(Object.keys(delivery.evidences).toSorted()).toEqual([...evidenceCodes, "by-hand", "by-package"].toSorted())
})

describe("a delivery is named by what it is about", () => {
  test.each([
    ["one period", [march, march], false, "Zending maart 2026"],
    ["a year beside a period says nothing more", [march, lastYear], false, "Zending maart 2026"],
    ["only a year", [lastYear], false, "Zending 2025"],
    ["two periods", [february, march], false, "Zending met meer perioden"],
    ["nothing known yet, in the making", [unknown], true, "Nieuwe zending"],
    ["nothing known", [], false, "Zending"],
  ])("%s", (_, parts, isDraft, title) => {
    expect(deliveryTitle(t, parts, isDraft)).toBe(title)
  })

  test("its kinds stand in one order, each once, whatever came first", () => {
    expect(kindsText(t, [{ ...march, kind: "sepa-file" }, march, february])).toBe("Loonstrook, SEPA-bestand")
  })

  test("a document without a known period is named by its kind", () => {
    expect([itemTitle(t, march), itemTitle(t, unknown)]).toEqual(["Loonstrook - maart 2026", "Loonstrook"])
  })
})

describe("what sending comes down to", () => {
  const item = (change: Partial<DeliveryItemView>): DeliveryItemView => ({
    ...march, id: "", deliveryId: "", uploadId: "", position: 0, employeeId: null, pages: [1], parked: null, evidence: [], mismatch: null,
    mediaType: "application/pdf", size: 1, sha256: new Uint8Array(32), fileId: null, employee: null, check: { level: "green", code: "ready", mail: null }, ...change,
  })
  const mixed = [
    item({ employeeId: "a" }),
    item({ employeeId: "b", check: { level: "amber", code: "gets-welcome", mail: "gets-welcome" } }),
    item({ employeeId: "b", kind: "annual-statement", check: { level: "amber", code: "gets-welcome", mail: "gets-welcome" } }),
    item({ employeeId: "c", check: { level: "amber", code: "replaces", mail: "no-email" } }),
    item({ kind: "journal-entry", check: { level: "green", code: "employer-document", mail: null } }),
    item({ parked: "two-match", check: { level: "red", code: "parked", mail: null } }),
  ]

  test("people are counted once, whatever they get", () => {
    expect(outcomeOf(mixed)).toEqual({ people: 3, documents: 4, kind: "other", welcomes: 1, withoutEmail: 1, replaces: 1, forEmployer: 1, parked: 1, red: 1 })
  })

  test("it is told in whole sentences", () => {
    const payslips = outcomeOf([item({ employeeId: "a" }), item({ employeeId: "b" })])
    expect(t("delivery.willEmployees", payslips)).toBe("2 werknemers krijgen hun loonstrook.")
    expect(t("delivery.willEmployees", outcomeOf(mixed))).toBe("3 werknemers krijgen 4 documenten.")
    expect(t("delivery.willEmployees", outcomeOf([]))).toBe("Er gaat niets naar werknemers.")
    expect(t("delivery.willEmployer", { count: 1, employer: "De Korenmaat B.V." })).toBe("De Korenmaat B.V. krijgt 1 document in het eigen dossier.")
    expect(t("delivery.lead", { employer: "De Korenmaat", documents: 0, people: 0 })).toBe("De Korenmaat · nog geen documenten.")
  })
})

describe("every way in which a delivery or an import is refused has a sentence", async () => {
  const root = join(import.meta.dirname, "../../src/domain")
  const sources = await Promise.all(globSync("{deliveries,parties,files}/*.ts", { cwd: root }).map((name) => readFile(join(root, name), "utf8")))
  const thrown = sources.flatMap((source) => [...source.matchAll(/new (?:Invalid|Conflict|Forbidden|TooMany|NotFound)\("([a-z-]+)"/g)].map(([, code]) => code ?? ""))
  const composed = [
    ...["draft", "staged", "sending", "sent"].map((state) => `delivery-${state}`),
    ...["not-csv", "quotes", "too-large", "encoding", "doctype", "not-xml"].map((code) => `import-${code}`),
  ]
  test.each([...new Set([...thrown, ...composed, ...pdfRefusals])])("%s", (code) => {
    expect(nl.errors).toHaveProperty(code)
  })
})

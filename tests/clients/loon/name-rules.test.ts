import { expect, test } from "vitest"
import { nameSays, type Named } from "../../../clients/loon/name-rules.ts"

const told = (kind: string, year: number, period: number | null, employeeNumber: string | null = null): Named => ({ told: { kind, year, period, employeeNumber } })
const recognised: Named = { told: null }

test.each<[string, Named]>([
  ["loonstrook-17-2026-03.pdf", told("payslip", 2026, 3, "17")],
  ["Loonstrook 17 maart 2026.PDF", told("payslip", 2026, 3, "17")],
  ["loonstrook_A017_2026-3.pdf", told("payslip", 2026, 3, "A017")],
  ["salarisstrook-2026-2026-03.pdf", told("payslip", 2026, 3, "2026")],
  ["loonstrook-2026-03.pdf", recognised],
  ["loonstroken-maart-2026.pdf", recognised],
  ["jaaropgave-17-2026.pdf", told("annual-statement", 2026, null, "17")],
  ["jaaropgaven-2026.pdf", recognised],
  ["journaalpost-2026-03.pdf", told("journal-entry", 2026, 3)],
  ["serie-overzichten-maart-2026.pdf", told("series-overview", 2026, 3)],
  ["sepa-lonen-maart-2026.xml", told("sepa-file", 2026, 3)],
  ["loonaangifte-2026-03.xml", told("wage-tax-return", 2026, 3)],
  ["loonaangifte-2026-03.pdf", told("wage-tax-return", 2026, 3)],
  ["journaalpost-2026-13.pdf", { unknown: "de periode ontbreekt in de naam, of past niet bij deze werkgever" }],
  ["journaalpost.pdf", { unknown: "de periode ontbreekt in de naam, of past niet bij deze werkgever" }],
  ["journaalpost-17-2026-03.pdf", { unknown: "de periode ontbreekt in de naam, of past niet bij deze werkgever" }],
  ["loonstroken-17-2026-03.pdf", { unknown: "de periode ontbreekt in de naam, of past niet bij deze werkgever" }],
  ["jaaropgave-17.pdf", { unknown: "het jaar ontbreekt in de naam" }],
  ["journaalpost-2026-03.xml", { unknown: "een journaalpost is geen XML" }],
  ["journaalpostje-2026-03.pdf", { unknown: "de naam zegt niet wat het is" }],
  ["brief.pdf", { unknown: "de naam zegt niet wat het is" }],
  ["loonstrook-17-2026-03.pdf.exe", { unknown: "geen PDF of XML" }],
  ["werknemers.csv", { unknown: "geen PDF of XML" }],
])("%s", (name, says) => expect(nameSays(name, "month")).toEqual(says))

test("for an employer with periods of four weeks a number is a period, there are thirteen, and a month says nothing", () => {
  expect(nameSays("journaalpost-2026-p13.pdf", "four-weeks")).toEqual(told("journal-entry", 2026, 13))
  expect(nameSays("journaalpost-maart-2026.pdf", "four-weeks")).toHaveProperty("unknown")
})

test("the order tells a period or year where the name does not, and a name that says another is left behind", () => {
  const given = { period: { year: 2026, period: 3 }, year: 2025 }
  expect(nameSays("journaalpost.pdf", "month", given)).toEqual(told("journal-entry", 2026, 3))
  expect(nameSays("loonstrook-17.pdf", "month", given)).toEqual(told("payslip", 2026, 3, "17"))
  expect(nameSays("jaaropgave-17.pdf", "month", given)).toEqual(told("annual-statement", 2025, null, "17"))
  expect(nameSays("journaalpost-2026-02.pdf", "month", given)).toEqual({ unknown: "van een andere periode dan u gaf" })
  expect(nameSays("loonstroken-februari-2026.pdf", "month", given)).toEqual({ unknown: "van een andere periode dan u gaf" })
})

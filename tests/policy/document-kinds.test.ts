import { expect, test } from "vitest"
import { DOCUMENT_KINDS, documentKindLabel, documentKinds, isDocumentKind } from "#policy/document-kinds.ts"

const kindsWhere = (holds: (kind: (typeof DOCUMENT_KINDS)[number]) => boolean) => DOCUMENT_KINDS.filter(holds)

test("only a payslip or an annual statement welcomes an employee", () => {
  expect(kindsWhere((kind) => documentKinds[kind].welcomesEmployee)).toEqual(["payslip", "annual-statement"])
})

test("payslips and annual statements go to the employee, every other named kind to the employer", () => {
  expect(kindsWhere((kind) => documentKinds[kind].dossier === "employee")).toEqual(["payslip", "annual-statement"])
  expect(kindsWhere((kind) => documentKinds[kind].dossier === "either")).toEqual(["other"])
})

test("an annual statement belongs to a year, a payslip to a period", () => {
  expect([documentKinds["annual-statement"].boundTo, documentKinds.payslip.boundTo]).toEqual(["year", "period"])
})

test("XML is for SEPA files, wage tax returns and other files", () => {
  const takesXml = (kind: (typeof DOCUMENT_KINDS)[number]) => documentKinds[kind].mediaTypes.some((type) => type === "application/xml")
  expect(kindsWhere(takesXml)).toEqual(["sepa-file", "wage-tax-return", "other"])
})

test("the table and the list hold the same kinds, and a name from outside is checked against them", () => {
  expect(Object.keys(documentKinds)).toEqual([...DOCUMENT_KINDS])
  expect(["payslip", "__proto__", "toString", ""].map(isDocumentKind)).toEqual([true, false, false, false])
  expect(documentKindLabel("payslip")).toBe("documentKinds.payslip")
})

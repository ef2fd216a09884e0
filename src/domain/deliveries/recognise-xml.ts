import { namespaceOf, readXml, XmlRefused, type XmlElement } from "#platform/xml.ts"
import { Invalid } from "#policy/errors.ts"
import { readWageTaxReturn } from "../parties/read-wage-tax-return.ts"
import type { Parked, PlannedPart } from "./plan-parts.ts"

const sepa = /^urn:iso:std:iso:20022:tech:xsd:pain\.001\.001\.\d{2}$/

/** An XML file that nobody here knows, or that cannot be read: somebody has to look at it. */
export const unknownXml: PlannedPart = part("other", null, "unknown-xml")

/** What an XML file of a delivery is: a SEPA file (ISO 20022 pain.001) by its execution date, or a wage tax return by its period; else parked. */
export function recogniseXml(bytes: Uint8Array, wageTaxNumber: string): PlannedPart {
  try {
    const root = readXml(bytes)
    if (root.name === "Document" && sepa.test(namespaceOf(root))) {
      const date = /(20\d{2})-(\d{2})-\d{2}/.exec(textUnder(root, "ReqdExctnDt"))
      return date ? part("sepa-file", { year: Number(date[1]), period: Number(date[2]) }, null) : part("sepa-file", null, "period-unknown")
    }
    if (root.name !== "Loonaangifte") return unknownXml
    const filed = readWageTaxReturn(bytes)
    const when = { year: Number(filed.periodTo.slice(0, 4)), period: Number(filed.periodTo.slice(5, 7)) }
    return part("wage-tax-return", when, filed.wageTaxNumber === wageTaxNumber ? null : "other-employer")
  } catch (error) {
    if (error instanceof XmlRefused || error instanceof Invalid) return unknownXml
    throw error
  }
}

function part(kind: PlannedPart["kind"], when: { year: number; period: number } | null, parked: Parked | null): PlannedPart {
  const period = when ? { ...when, periodKind: "month" } : { year: null, period: null, periodKind: null }
  return { pages: [], kind, ...period, employeeId: null, parked, evidence: [], told: [] }
}

/** All text under the first element of this name, wherever it stands. */
function textUnder(element: XmlElement, name: string): string {
  if (element.name === name) return element.text + element.children.map((child) => child.text).join("")
  for (const child of element.children) {
    const text = textUnder(child, name)
    if (text) return text
  }
  return ""
}

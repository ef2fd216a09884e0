import { createTranslator } from "next-intl"
import { expect, test } from "vitest"
import nl from "#messages/nl.json" with { type: "json" }
import { nameOf } from "#ui/file-naming.ts"

const t = createTranslator({ locale: "nl", messages: nl })
const payroll = { name: null, year: 2026, period: 3, periodKind: "month" }

test.each([
  [{ ...payroll, kind: "payslip" }, "Loonstrook - maart 2026"],
  [{ ...payroll, kind: "series-overview" }, "Serie-overzichten maart 2026"],
  [{ ...payroll, kind: "payslip", periodKind: "four-weeks" }, "Loonstrook - periode 3 2026"],
  [{ ...payroll, kind: "annual-statement", period: null, periodKind: null }, "Jaaropgave 2026"],
  [{ ...payroll, kind: "other", year: null, period: null, periodKind: null }, "Overig"],
  [{ ...payroll, kind: "a-kind-of-tomorrow", period: null }, "Overig 2026"],
  [{ ...payroll, kind: "other", name: "Verhuisbericht.pdf" }, "Verhuisbericht.pdf"],
])("a file is called what people call it: %j", (file, name) => expect(nameOf(t, file)).toBe(name))

import { expect, test } from "vitest"
import { readReturned } from "#domain/bounces/read-report.ts"
import { report } from "../../support/returned-mail.ts"

const id = "0198c0de-0000-7000-8000-000000000001"
const real = report({ to: "loon@delinde.test", receiver: "noor@bakkerij.test", messageId: `${id}@portaal.test` }).toString("latin1")

test.each([
  ["a list of very many addresses", `To: ${"a,".repeat(110_000)}\r\n`],
  ["one that is folded", `Cc: ${"a,\r\n ".repeat(40_000)}\r\n`],
  ["very many groups and comments", `From: ${"a:(".repeat(70_000)}\r\n`],
  ["many long lists", `Bcc: ${"a,".repeat(2000)}\r\n`.repeat(50)],
])("a report with %s is read as any other, and holds no worker for minutes", async (_what, fields) => {
  expect(await readReturned(Buffer.from(fields + real, "latin1"), "portaal.test")).toEqual({ mailIds: [id], receivers: [{ addresses: ["noor@bakkerij.test"], action: "failed", status: "5.1.1" }] })
})

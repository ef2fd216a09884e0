import { expect, test } from "vitest"
import { openLog } from "#platform/log.ts"
import type { Log } from "#platform/log.ts"

/** Invented; each passes the eleven test. */
const bsn = "999990019"
const address = "noor.bakker+loon@bakkerij-korenmaat.test"
const token = "q7Zk1vXo9_3fTnB2-LwYcE5hGdRsJ8uAiPmKx4Vt0Qe"

function written(write: (log: Log) => void): string {
  const lines: string[] = []
  write(openLog("debug", { write: (line) => void lines.push(line) }))
  expect(lines).toHaveLength(1)
  return lines[0] ?? ""
}

test.each([
  ["a mail address", address],
  ["a mail address in brackets", `Noor Bakker <${address}>`],
  ["a mail address with a quoted part", '"noor bakker"@bakkerij.test'],
  ["a mail address with the wide at sign", "noor＠bakkerij.test"],
  ["a mail address in a URL", "/zoek?q=noor%40bakkerij.test&p=1"],
  ["a mail address without a dot", "noor@bakkerij"],
  ["a mail address in capitals", "NOOR@BAKKERIJ.TEST"],
])("%s is hidden in a text", (_, text) => {
  const line = written((log) => log.info(`Sent to ${text}, done`))
  expect(line.toLowerCase()).not.toMatch(/noor|bakkerij/)
  expect(line).toContain("done")
})

test.each([bsn, "9999 90 019", "9999.90.019", "999-990-019", `BSN${bsn}`, `loonstrook_${bsn}.pdf`, `${bsn},`, Number(bsn)])("the BSN %j is hidden in a text and in a field", (written_) => {
  for (const line of [written((log) => log.info(`for ${written_}`)), written((log) => log.info({ number: written_ }, "x")), written((log) => log.info({ list: [{ deep: [written_] }] }))]) {
    expect(line.replaceAll(/"time":"[^"]*"|"pid":\d+/g, "").replace(/\D/g, "")).toBe("")
  }
})

test.each([
  token,
  `https://portaal.test/wachtwoord/${token}`,
  `https://portaal.test/x?token=kort1&naam=y`,
  `Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U`,
  "b3Blbi1zZXNhbWUtb3Blbi1zZXNhbWUtb3Blbg==",
  "postgres://portal_app:geheim1@db.test/loondossier",
  "QwErTyUiOpAsDfGhJkLzXcVb",
  "NL91ABNA0417164300",
])("the secret in %j is hidden", (text) => {
  const line = written((log) => log.warn({ seen: text }, text))
  for (const part of [token, "kort1", "eyJ", "dozjg", "b3Bl", "geheim1", "QwErTy", "0417164300"]) expect(line).not.toContain(part)
})

test.each(["name", "firstName", "first_name", "FIRST-NAME", "surname", "username", "bsn", "employeeBsn", "password", "newPassword", "sessionToken", "Authorization", "set-cookie", "email", "contactEmail", "street", "fileName", "subject", "text", "birthDate"])(
  "the field %s is hidden, however deep",
  (field) => {
    const line = written((log) => log.info({ outer: [{ inner: { [field]: "Zonnebloem" } }], [field]: "Zonnebloem" }))
    expect(line).not.toContain("Zonnebloem")
  },
)

test("what tells where to look stays", () => {
  const id = "0198c0de-1111-7222-8333-944455556666"
  const fields = { fileId: id, deliveryId: id, mailId: id, job: "send-mail", count: 24, mails: 3, ok: true, took: 12.5, route: "/werknemer/dossier" }
  const line = written((log) => log.info(fields, `Delivered ${id} in 12 ms, 24 items`))
  expect(JSON.parse(line)).toMatchObject({ ...fields, level: "info", msg: `Delivered ${id} in 12 ms, 24 items` })
})

test("a line stays one line, without colours or turned text", () => {
  const line = written((log) => log.info({ agent: "x\r\n{\"level\":\"fatal\"}\u2028y" }, "a\r\nb\x1b[31mrood\x1b[0m\u202egnp"))
  expect(line.trimEnd().split("\n")).toHaveLength(1)
  expect(JSON.parse(line)).toMatchObject({ msg: "a brood gnp", agent: 'x {"level":"fatal"} y' })
})

test("an error keeps its kind, code, place and cause", () => {
  const error = new Error(`could not reach ${address}`, { cause: new TypeError(`for ${bsn}`) })
  const line = JSON.parse(written((log) => log.error(error)))
  expect(line.error).toMatchObject({ type: "Error", message: "could not reach [hidden]", cause: { type: "TypeError", message: "for [hidden]" } })
  expect(line.error.at[0]).toContain("log.test")
})

test.each([
  Object.assign(new Error('duplicate key value violates unique constraint "account_username_key"'), { severity: "ERROR", code: "23505", detail: "Key (username)=(Zonnebloem) already exists.", table: "account", constraint: "account_username_key" }),
  Object.assign(new Error('invalid input syntax for type uuid: "Zonnebloem"'), { severity: "ERROR", code: "22P02", where: "unnamed portal parameter $1 = 'Zonnebloem'" }),
  Object.assign(new Error('Invalid `tx.account.create()` invocation: { data: { surname: "Zonnebloem" } }'), { name: "PrismaClientValidationError", meta: { target: "Zonnebloem" } }),
])("a database error does not say what was asked or stored", (error) => {
  const line = written((log) => log.error({ error, err: error, jobId: "x" }, "failed"))
  expect(line).not.toContain("Zonnebloem")
  expect(line).toContain("database error")
})

test("awkward values do no harm", () => {
  const circle: Record<string, unknown> = { at: new Date(Number.NaN), big: 10n, bytes: Buffer.from(bsn), map: new Map([["x", bsn]]), nothing: null, fn: () => bsn, sym: Symbol(bsn) }
  circle.self = circle
  const line = written((log) => log.info(circle))
  expect(line).not.toContain(bsn)
})

import { expect, test } from "vitest"
import { readEnv } from "#platform/env.ts"

const complete = { DATABASE_URL: "postgres://owner:pw@db.test/loondossier", MASTER_KEY: Buffer.alloc(32, 7).toString("base64"), SMTP_URL: "smtp://mail.test:587" }

test("three variables are enough; the rest has a default", () => {
  expect(readEnv(complete)).toMatchObject({ PORT: 3000, STORAGE: "folder:.data/files", NODE_ENV: "production", TRUSTED_PROXIES: [] })
})

test("an empty variable counts as one that is not there", () => {
  expect(readEnv({ ...complete, PORT: "", S3_ENDPOINT: "" }).PORT).toBe(3000)
})

test("everything that is missing is named at once", () => {
  expect(() => readEnv({})).toThrow(/DATABASE_URL: is missing[^]*MASTER_KEY: is missing[^]*SMTP_URL: is missing/)
})

test.each([
  ["DATABASE_URL", "mysql://geheim@x"],
  ["MASTER_KEY", "tekort-geheim"],
  ["PUBLIC_URL", "https://portaal.test/geheim"],
  ["PORT", "70000"],
  ["PORT", "geheim"],
  ["STORAGE", "geheim"],
  ["S3_ENDPOINT", "geheim"],
  ["SMTP_URL", "http://geheim"],
  ["MAIL_FROM", "geheim"],
  ["LOG_LEVEL", "geheim"],
])("a wrong %s is named, and %j is not repeated", (name, value) => {
  let said = ""
  try {
    readEnv({ ...complete, [name]: value })
  } catch (error) {
    said = String(error)
  }
  expect(said).toContain(`  ${name}: `)
  expect(said).not.toContain(value)
})

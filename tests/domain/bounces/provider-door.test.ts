import { expect, test } from "vitest"
import { bouncesDoor } from "#auth/provider-door.ts"

const secret = "een geheim van meer dan 32 tekens lang"
Object.assign(process.env, { DATABASE_URL: "postgres://owner@localhost/none", MASTER_KEY: Buffer.alloc(32, 1).toString("base64"), SMTP_URL: "smtp://127.0.0.1:9", BOUNCE_SECRET: secret.replaceAll(" ", "-") })
const token = secret.replaceAll(" ", "-")
const taken: Uint8Array[] = []
const post = bouncesDoor(async (raw) => void taken.push(raw))
const mail = { "Content-Type": "message/rfc822" }
const ask = (headers: Record<string, string>, body: BodyInit | null = "To: terug\r\n\r\nhallo") => post(new Request("http://localhost/api/bounces", { method: "POST", headers, body }))

test("a mail is taken in with the secret, as a bearer token or as a password; every answer is empty", async () => {
  for (const authorization of [`Bearer ${token}`, `Basic ${Buffer.from(`wie-dan-ook:${token}`).toString("base64")}`]) {
    const answer = await ask({ ...mail, Authorization: authorization })
    expect([answer.status, await answer.text(), answer.headers.get("cache-control")]).toEqual([204, "", "no-store"])
  }
  expect(taken.map((raw) => Buffer.from(raw).toString())).toEqual(["To: terug\r\n\r\nhallo", "To: terug\r\n\r\nhallo"])
})

test.each([
  [401, mail],
  [401, { ...mail, Authorization: `Bearer ${token}x` }],
  [401, { ...mail, Authorization: "Bearer " }],
  [401, { ...mail, Authorization: `Basic ${Buffer.from("wie:fout").toString("base64")}` }],
  [401, { ...mail, Cookie: `sessie=${token}` }],
  [415, { "Content-Type": "application/json", Authorization: `Bearer ${token}` }],
  [415, { Authorization: `Bearer ${token}` }],
])("%i for %j", async (status, headers) => {
  const before = taken.length
  const answer = await ask(headers)
  expect([answer.status, await answer.text()]).toEqual([status, ""])
  expect(taken).toHaveLength(before)
})

test("more than a megabyte is refused, and nothing of it is taken in", async () => {
  const before = taken.length
  expect((await ask({ ...mail, Authorization: `Bearer ${token}` }, new Uint8Array(1_000_001))).status).toBe(413)
  expect(taken).toHaveLength(before)
})

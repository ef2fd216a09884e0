import { generateKeyPairSync } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { mailDns } from "../../scripts/beheer/mail-dns.ts"
import { dkimRecord } from "#platform/dkim.ts"
import { startDnsServer, type Zone } from "../support/dns-server.ts"

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "der" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } })
const zone: Zone = { "txt post.test": ["v=spf1 mx -all"], "mx post.test": ["mx.post.test"] }
let server: Awaited<ReturnType<typeof startDnsServer>>

beforeAll(async () => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://owner@localhost/none", MASTER_KEY: Buffer.alloc(32, 1).toString("base64"), SMTP_URL: "smtp://smtp.post.test:587",
    MAIL_FROM: "portaal@post.test", BOUNCE_ADDRESS: "terug@terug.post.test", DKIM_DOMAIN: "post.test", DKIM_SELECTOR: "portaal", DKIM_KEY: privateKey,
  })
  server = await startDnsServer(zone)
})
afterAll(() => server.stop())

test("the operator is told every record that is missing, and nothing once all are there; the private key is never shown", async () => {
  const said = await mailDns([server.address])
  const key = dkimRecord()
  expect(said).toContain('vervang door: post.test TXT "v=spf1 mx a:smtp.post.test -all"')
  expect(said).toContain(`zet in de DNS: portaal._domainkey.post.test TXT "${key?.value}"`)
  expect(said).toContain('zet in de DNS: _dmarc.post.test TXT "v=DMARC1; p=none"')
  expect(said).toContain("terug.post.test heeft geen MX-record")
  expect(said).not.toContain("PRIVATE")
  Object.assign(zone, {
    "txt post.test": ["v=spf1 mx a:smtp.post.test -all"], "a smtp.post.test": ["192.0.2.1"], "txt portaal._domainkey.post.test": [key?.value ?? ""],
    "txt _dmarc.post.test": ["v=DMARC1; p=reject"], "mx terug.post.test": ["mx.post.test"],
  })
  const after = await mailDns([server.address])
  expect(after).not.toMatch(/zet in de DNS|vervang|heeft geen/)
  expect(after.match(/In orde/g)).toHaveLength(3)
})

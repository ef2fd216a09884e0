import { createHash, generateKeyPairSync } from "node:crypto"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { dkimVerify } from "mailauth/lib/dkim/verify.js"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeMailer, sendMail } from "#platform/mailer.ts"

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "der" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } })
const received: { raw: Buffer; from: string }[] = []

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    const pieces: Buffer[] = []
    stream.on("data", (piece: Buffer) => pieces.push(piece))
    stream.on("end", () => {
      received.push({ raw: Buffer.concat(pieces), from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address })
      done()
    })
  },
})

beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  const address: AddressInfo | string | null = server.server.address()
  Object.assign(process.env, {
    DATABASE_URL: "postgres://owner@localhost/none", MASTER_KEY: Buffer.alloc(32, 1).toString("base64"), MAIL_FROM: "portaal@loondossier.test",
    SMTP_URL: `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    DKIM_DOMAIN: "loondossier.test", DKIM_SELECTOR: "portaal", DKIM_KEY: privateKey.replaceAll("\n", "\\n"),
  })
})
afterAll(async () => {
  closeMailer()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const record = `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`
/** Verified by a library that is not the one that signed. */
async function verified(raw: Buffer, key = record) {
  const { results } = await dkimVerify(raw, { resolver: async (name: string) => (name === "portaal._domainkey.loondossier.test" ? [[key]] : []) })
  return results.map((one: { signingDomain?: string; selector?: string; status: { result: string } }) => ({ domain: one.signingDomain, selector: one.selector, result: one.status.result }))
}

test("the portal's own mail is signed, and comes back to its own return path", async () => {
  await sendMail({ messageId: "een@loondossier.test", to: { address: "noor@bakkerij.test" }, returnPath: "terug+token@loondossier.test", subject: "Er staat iets klaar – café", text: "Goedendag,\n\nEr staat iets klaar.\n", html: "<p>Goedendag</p>" })
  const [mail] = received
  if (!mail) throw new Error("Nothing came")
  expect(mail.from).toBe("terug+token@loondossier.test")
  expect(await verified(mail.raw)).toEqual([{ domain: "loondossier.test", selector: "portaal", result: "pass" }])
  const changed = Buffer.from(mail.raw.toString("latin1").replace("Goedendag", "Goedenavond"), "latin1")
  expect(createHash("sha256").update(changed).digest("hex")).not.toBe(createHash("sha256").update(mail.raw).digest("hex"))
  expect((await verified(changed))[0]?.result).toBe("neutral")
  const other = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "der" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } })
  expect((await verified(mail.raw, `v=DKIM1; p=${other.publicKey.toString("base64")}`))[0]?.result).toBe("fail")
})

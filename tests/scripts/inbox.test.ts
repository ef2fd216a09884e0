import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createTransport } from "nodemailer"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { startInbox } from "../../scripts/inbox/inbox.ts"
import type { Inbox } from "../../scripts/inbox/inbox.ts"

const mailsShape = z.array(z.object({ id: z.string(), subject: z.string(), recipients: z.array(z.string()), text: z.string(), links: z.array(z.string()), messageId: z.string() }))

let folder = ""
let inbox: Inbox
let url = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loondossier-inbox-"))
  inbox = await startInbox({ folder, host: "127.0.0.1", web: 38_225, smtp: 31_225 })
  url = `http://127.0.0.1:${inbox.web}`
})
beforeEach(() => fetch(`${url}/api/mails`, { method: "DELETE" }))
afterAll(async () => {
  await inbox.stop()
  await rm(folder, { recursive: true, force: true })
})

async function send(to: string, subject: string, more: { text?: string; html?: string; messageId?: string } = {}): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port: inbox.smtp })
  await transport.sendMail({ from: "portaal@loondossier.test", to, subject, text: "Dag", ...more })
  transport.close()
}

const mails = async (query = "") => mailsShape.parse(await (await fetch(`${url}/api/mails${query}`)).json())

test("mails are listed newest first, with their links, and can be asked for one address", async () => {
  await send("een@bakkerij.test", "Eerste", { messageId: "<a@loondossier.test>", text: "Ga naar http://localhost:3000/wachtwoord?x=1&y=2." })
  await send("Twee@bakkerij.test", "Tweede")
  expect((await mails()).map((mail) => mail.subject)).toEqual(["Tweede", "Eerste"])
  const [one] = await mails("?to=EEN@bakkerij.test")
  expect(one).toMatchObject({ subject: "Eerste", messageId: "<a@loondossier.test>", recipients: ["een@bakkerij.test"] })
  expect(one?.links[0]).toMatch(/^http:\/\/localhost:3000\/wachtwoord\?x=1&y=2/)
  expect((await mails("?to=twee@bakkerij.test")).map((mail) => mail.subject)).toEqual(["Tweede"])
})

test("the same mail twice is kept twice", async () => {
  for (let time = 0; time < 2; time++) await send("een@bakkerij.test", "Dubbel", { messageId: "<zelfde@loondossier.test>" })
  expect(await mails()).toHaveLength(2)
})

test("what a mail brings along is shown as text, and its own HTML in a frame that can do nothing", async () => {
  await send("een@bakkerij.test", "<script>alert(1)</script>", { text: "<b>plat</b>", html: "<script>alert(2)</script><p>opgemaakt</p>" })
  const [mail] = await mails()
  const list = await (await fetch(url)).text()
  expect(list).toContain("&lt;script&gt;alert(1)")
  expect(list).not.toContain("<script")
  const page = await fetch(`${url}/mail/${mail?.id}`)
  expect(await page.text()).toContain("&lt;b&gt;plat&lt;/b&gt;")
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'")
  const html = await fetch(`${url}/mail/${mail?.id}/html`)
  expect(html.headers.get("content-security-policy")).toMatch(/^sandbox allow-popups/)
  expect(html.headers.get("content-security-policy")).not.toContain("allow-scripts")
})

test.each(["/mail/../../etc/passwd", "/mail/%2e%2e%2fx", "/mail/000000000000000-00000000-0000-0000-0000-000000000000", "/x"])("%s is not found", async (path) => {
  expect((await fetch(url + path)).status).toBe(404)
})

test("a page elsewhere that points its own name here gets nothing", async () => {
  const { get } = await import("node:http")
  const status = await new Promise((resolve) => get({ port: inbox.web, host: "127.0.0.1", path: "/api/mails", headers: { host: "kwaad.test" } }, (answer) => resolve(answer.statusCode)))
  expect(status).toBe(421)
})

test("a second inbox steps over the ports of the first", async () => {
  const other = await startInbox({ folder, host: "127.0.0.1", web: inbox.web, smtp: inbox.smtp })
  expect(other.web).toBeGreaterThan(inbox.web)
  expect(other.smtp).toBeGreaterThan(inbox.smtp)
  await other.stop()
})

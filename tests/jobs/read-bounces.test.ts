import { afterAll, beforeAll, expect, test } from "vitest"
import { returnPathOf } from "#domain/bounces/return-path.ts"
import { takeBounce } from "#domain/bounces/take-bounce.ts"
import { readBounceMailbox } from "#integrations/bounces/bounce-mailbox.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sendOff, startWith, today } from "../support/house.ts"
import { hasImapServer, startImapServer, type ImapServer } from "../support/imap-server.ts"
import { report, wire } from "../support/returned-mail.ts"

useDatabase()
process.env["BOUNCE_ADDRESS"] = "terug@loondossier.test"

let server: ImapServer | undefined
let mails: { id: string; toAddress: string }[] = []

if (!hasImapServer) console.log("Left out: reading a mailbox, because this machine has no Dovecot (apt-get install dovecot-imapd)")

beforeAll(async () => {
  if (!hasImapServer) return
  server = await startImapServer()
  const office = await makeOffice()
  const employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"]))
  await asSystem("operate", (tx) => tx.mail.updateMany({ data: { state: "sent", sentAt: today } }))
  mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "welcome-employee" }, orderBy: { id: "asc" }, select: { id: true, toAddress: true } }))
})
afterAll(async () => {
  await server?.stop()
  await closeQueue()
  await closeDatabase()
})

const reportOf = (n: number) => report({ to: returnPathOf(mails[n]?.id ?? "") ?? "", receiver: mails[n]?.toAddress ?? "" })
const failed = () => asSystem("operate", (tx) => tx.mail.count({ where: { state: "failed" } }))
const take = async (raw: Uint8Array) => (await takeBounce(raw, today)) !== "other"

test.skipIf(!hasImapServer)("reports are taken once and deleted; what is another kind of mail is marked as seen and stays", async () => {
  if (!server) throw new Error("There is no server")
  for (const n of [0, 1, 2]) server.put(reportOf(n))
  server.put(wire("From: iemand@elders.test\nTo: terug@loondossier.test\nSubject: Vraag\n\nHallo"))
  expect(await readBounceMailbox(server.url, take, today)).toBe(3)
  expect(await failed()).toBe(3)
  expect(server.left().map((mail) => mail.isSeen)).toEqual([true])
  expect(await readBounceMailbox(server.url, take, today)).toBe(0)
})

test.skipIf(!hasImapServer)("a reader that is cut off after a report was kept takes it once more, and it counts once; two readers at once too", async () => {
  if (!server) throw new Error("There is no server")
  const before = await failed()
  for (const n of [3, 4, 5]) server.put(reportOf(n))
  let kept = 0
  const cut = readBounceMailbox(server.url, async (raw) => {
    await take(raw)
    if (++kept === 2) throw new Error("killed")
    return true
  }, today)
  await expect(cut).rejects.toThrow("could not be read")
  expect(await failed()).toBe(before + 2)
  await Promise.all([readBounceMailbox(server.url, take, today), readBounceMailbox(server.url, take, today)])
  expect(await failed()).toBe(before + 3)
  expect(server.left()).toHaveLength(1)
  expect(await asSystem("operate", (tx) => tx.mailBounce.count())).toBe(6)
})

test.skipIf(!hasImapServer)("of a huge mail only the beginning is fetched, and it is taken all the same", async () => {
  if (!server) throw new Error("There is no server")
  server.put(Buffer.concat([reportOf(6).subarray(0, -10), Buffer.alloc(8_000_000, "x\r\n")]))
  let size = 0
  expect(await readBounceMailbox(server.url, async (raw) => ((size = raw.length), take(raw)), today)).toBe(1)
  expect(size).toBe(262_144)
})

test.skipIf(!hasImapServer)("a wrong password and a server that is not there are said without naming anybody", async () => {
  if (!server) throw new Error("There is no server")
  for (const url of [server.url.replace("geheim", "fout"), "imap://terug:geheim@127.0.0.1:9/INBOX"]) {
    const refused: unknown = await readBounceMailbox(url, take, today).catch((error: unknown) => error)
    expect(String(refused)).toMatch(/^MailboxUnread: The mailbox of returned mail could not be read: \w+$/)
  }
})

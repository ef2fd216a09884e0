import { once } from "node:events"
import { createServer, type TLSSocket } from "node:tls"
import { afterEach, expect, test } from "vitest"
import { readReports } from "#integrations/bounces/own-mailbox.ts"
import { useDatabase } from "../../support/database.ts"
import { ownCertificate } from "../../support/mail-server.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"
let stop = async () => {}
afterEach(() => stop())

type Answer = (socket: TLSSocket, tag: string, line: string) => boolean

/** A mail server of somebody who means harm: it signs in anybody, and `answer` says what it does to each line that it knows no answer to. */
async function hostile(answer: Answer, { uidNext = 4 } = {}) {
  const open = new Set<TLSSocket>()
  const server = createServer(ownCertificate(), (socket) => {
    open.add(socket)
    socket.on("error", () => undefined).on("close", () => open.delete(socket))
    socket.write("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] klaar\r\n")
    socket.on("data", (bytes) => {
      for (const line of bytes.toString("latin1").split("\r\n")) {
        const [tag = "", verb = ""] = line.split(" ")
        if (line === "" || answer(socket, tag, line)) continue
        if (verb === "AUTHENTICATE" && !line.includes("=")) socket.write(line.split(" ").length > 3 ? `${tag} OK\r\n` : "+ \r\n")
        if (verb === "EXAMINE") socket.write(`* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT ${uidNext}] x\r\n`)
        if (/^[A-Z0-9]+$/.test(tag) && verb !== "") socket.write(`${tag} OK klaar\r\n`)
      }
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const at = server.address()
  const port = at !== null && typeof at === "object" ? at.port : 0
  stop = async () => {
    for (const socket of open) socket.destroy()
    server.close()
    await once(server, "close")
  }
  return { box: { partyId: "", version: 1, host: "localhost", port, user: "terug", secret: { password: "geheim" }, seen: "7:0" } }
}

const isFetch = (line: string) => / UID FETCH /.test(line)
const listed = (uid: number) => `* ${uid} FETCH (UID ${uid} BODY[HEADER.FIELDS (CONTENT-TYPE)] {63}\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\n)\r\n`

test("a server that ends is read to its end", async () => {
  const { box } = await hostile(() => false)
  expect(await readReports(box, async () => undefined)).toEqual({ seen: "7:3" })
})

test("a server that never comes to an end is left, whatever it goes on saying", async () => {
  const { box } = await hostile((socket, _tag, line) => {
    if (!isFetch(line)) return false
    const timer = setInterval(() => socket.write("* OK nog even\r\n"), 5)
    socket.on("close", () => clearInterval(timer))
    return true
  })
  expect(await readReports(box, async () => undefined, { whole: 400 })).toEqual({ answer: { during: "connect", status: null, text: "", cause: "ETIMEDOUT" } })
})

test("a server that goes on after sign-out keeps nobody either", async () => {
  const { box } = await hostile((socket, _tag, line) => {
    if (!/ LOGOUT/.test(line)) return false
    const timer = setInterval(() => socket.write("* OK nog even\r\n"), 5)
    socket.on("close", () => clearInterval(timer))
    return true
  })
  expect(await readReports(box, async () => undefined, { whole: 400 })).toEqual({ seen: "7:3" })
})

test("a mail that is longer than was asked for is not taken in", async () => {
  const taken: number[] = []
  const { box } = await hostile((socket, tag, line) => {
    if (!isFetch(line)) return false
    if (/HEADER/.test(line)) socket.write(`${listed(1)}${tag} OK\r\n`)
    else {
      socket.write(`* 1 FETCH (UID 1 BODY[]<0> {300000000}\r\n`)
      socket.write(Buffer.alloc(3_000_000, "x"))
    }
    return true
  })
  expect(await readReports(box, async (raw) => taken.push(raw.length), { whole: 5000 })).toEqual({ answer: { during: "connect", status: null, text: "", cause: "NoConnection" } })
  expect(taken).toEqual([])
})

test("mails that were not asked for are not looked at, and none twice", async () => {
  const asked: string[] = []
  const { box } = await hostile((socket, tag, line) => {
    if (!isFetch(line)) return false
    asked.push(line.split(" ")[3] ?? "")
    if (/HEADER/.test(line)) socket.write(`${listed(2)}${listed(2)}${listed(900)}${listed(0)}${tag} OK\r\n`)
    else socket.write(`${tag} OK\r\n`)
    return true
  })
  expect(await readReports(box, async () => undefined)).toEqual({ seen: "7:3" })
  expect(asked).toEqual(["1:3", "2"])
})

import { createSocket, type Socket } from "node:dgram"
import { once } from "node:events"

/** What stands in the zone: "txt voorbeeld.test" and the like, each with its values. "silent voorbeeld.test" answers nothing at all. */
export type Zone = Record<string, readonly string[]>

const kinds: Readonly<Record<number, string>> = { 1: "a", 15: "mx", 16: "txt", 28: "aaaa" }

/** A real name server on a port of its own (RFC 1035, over UDP), that knows this zone alone. `asked` are the questions so far. */
export async function startDnsServer(zone: Zone): Promise<{ address: string; asked: string[]; stop: () => Promise<void> }> {
  const socket: Socket = createSocket("udp4")
  const asked: string[] = []
  socket.on("message", (question, from) => {
    const { name, kind, end } = read(question)
    asked.push(`${kind} ${name}`)
    if (zone[`silent ${name}`]) return
    const values = zone[`${kind} ${name}`] ?? []
    const exists = values.length > 0 || Object.keys(zone).some((key) => key.endsWith(` ${name}`))
    const head = Buffer.from(question.subarray(0, 12))
    head.writeUInt16BE(0x8580 | (exists ? 0 : 3), 2)
    for (const [at, count] of [[4, 1], [6, values.length], [8, 0], [10, 0]] as const) head.writeUInt16BE(count, at)
    socket.send(Buffer.concat([head, question.subarray(12, end), ...values.map((value) => answer(kind, value))]), from.port, from.address)
  })
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  return { address: `127.0.0.1:${socket.address().port}`, asked, stop: () => new Promise((resolve) => socket.close(() => resolve())) }
}

function read(question: Buffer): { name: string; kind: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join(".").toLowerCase(), kind: kinds[question.readUInt16BE(at + 1)] ?? "other", end: at + 5 }
}

function answer(kind: string, value: string): Buffer {
  const type = Number(Object.entries(kinds).find(([, name]) => name === kind)?.[0])
  const data = kind === "a" ? Buffer.from(value.split(".").map(Number)) : kind === "mx" ? Buffer.concat([Buffer.from([0, 10]), named(value)]) : pieces(value)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function named(name: string): Buffer {
  return Buffer.concat([...name.split(".").flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]), Buffer.from([0])])
}

/** A text is written in pieces of at most 255. */
function pieces(text: string): Buffer {
  const parts = text.match(/[\s\S]{1,255}/g) ?? [""]
  return Buffer.concat(parts.flatMap((part) => [Buffer.from([part.length]), Buffer.from(part)]))
}

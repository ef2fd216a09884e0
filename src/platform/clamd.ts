import { connect, type Socket } from "node:net"
import { once } from "node:events"

/** What a scan said: nothing found, or the name of what was found. */
export type Scanned = { found: string | null }

/** The scanner did not answer, or did not scan. The cause says why, without anything of the file. */
export class ScanUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super("The virus scanner gives no answer", options)
    this.name = "ScanUnavailable"
  }
}

/** How long it may be silent, in milliseconds: while it is sent to, and while it thinks (a full archive takes clamd two minutes at most, its MaxScanTime). */
type Patience = { sending: number; answer: number }
const usual: Patience = { sending: 30_000, answer: 150_000 }

/**
 * Has a stream scanned by clamd at "host:port" or the path of a socket, with its INSTREAM command (man clamd: zINSTREAM\0, then pieces with their
 * length in four bytes, big-endian, and a length of nought to end). Throws ScanUnavailable when it cannot be reached, is silent for too long,
 * or says anything but "OK" or "FOUND", such as that the stream is over its limit.
 */
export async function scanWithClamd(address: string, stream: AsyncIterable<Uint8Array>, patience: Patience = usual): Promise<Scanned> {
  const socket = openSocket(address)
  const answer = answerOf(socket, patience.sending)
  try {
    await Promise.race([once(socket, "connect"), answer])
    await write(socket, Buffer.from("zINSTREAM\0"), answer)
    for await (const piece of stream) {
      if (piece.length === 0) continue
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      if (!(await write(socket, Buffer.concat([length, piece]), answer))) break
    }
    await write(socket, Buffer.alloc(4), answer)
    socket.setTimeout(patience.answer)
    return readAnswer(await answer)
  } catch (error) {
    throw error instanceof ScanUnavailable ? error : new ScanUnavailable({ cause: error })
  } finally {
    socket.destroy()
  }
}

function openSocket(address: string): Socket {
  if (address.startsWith("/")) return connect(address)
  const [, host = "", port = ""] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? []
  return connect(Number(port), host)
}

/** All that clamd says until it closes the line or ends its answer with a nought. Handled from the start, so that a refused connection is never loose. */
function answerOf(socket: Socket, silence: number): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    let said = ""
    socket.setTimeout(silence, () => socket.destroy(new Error("silence")))
    socket.on("data", (piece: Buffer) => {
      said += piece.toString("latin1")
      if (said.includes("\0") || said.length > 4096) resolve(said)
    })
    socket.on("error", reject)
    socket.on("close", () => resolve(said))
  })
  answer.catch(() => undefined)
  return answer
}

/** Writes as fast as clamd takes it. False when it answered already: it has no more need of the rest. */
async function write(socket: Socket, bytes: Uint8Array, answer: Promise<string>): Promise<boolean> {
  if (socket.destroyed) return false
  if (socket.write(bytes)) return true
  return Promise.race([once(socket, "drain").then(() => true), answer.then(() => false)])
}

function readAnswer(said: string): Scanned {
  const line = said.replace(/\0[^]*$/, "").trim()
  const found = /^stream: (.{1,200}) FOUND$/.exec(line)?.[1]
  if (found) return { found: found.replace(/[^\w.:()/-]/g, "_") }
  if (line === "stream: OK") return { found: null }
  throw new ScanUnavailable({ cause: new Error(line ? "an answer of another kind" : "no answer") })
}

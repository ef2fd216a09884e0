import { createServer, type Socket } from "node:net"

/** The test string of EICAR, in two parts so that no scanner of the machine takes this file for it. */
export const eicar = Buffer.from(`${String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR`}${"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"}`)

export type Clamd = { address: string; stop: () => Promise<void> }

type Options = {
  /** The path of its socket; without it a port of this machine. */
  path?: string
  /** What it says to a whole stream. Without it: FOUND when the test string is in it, else OK. */
  answer?: (bytes: Buffer) => string
  /** What it does after this many bytes of a stream; the rest it does not read. */
  after?: { bytes: number; act: (socket: Socket) => void }
}

/** A server that speaks clamd's INSTREAM (man clamd): "zINSTREAM\0", pieces with their length before them, a length of nought, and one answer. */
export async function startClamd({ path, answer = verdict, after }: Options = {}): Promise<Clamd> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    let said = Buffer.of()
    let acted = false
    sockets.add(socket)
    socket.on("error", () => undefined)
    socket.on("data", (piece: Buffer) => {
      if (acted) return
      said = Buffer.concat([said, piece])
      if (after && said.length >= after.bytes) {
        acted = true
        return after.act(socket)
      }
      const whole = wholeStream(said)
      if (whole) socket.end(answer(whole))
    })
  })
  await new Promise<void>((resolve) => (path === undefined ? server.listen(0, "127.0.0.1", resolve) : server.listen(path, resolve)))
  const address = server.address()
  const stop = () => new Promise<void>((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
  return { address: typeof address === "object" ? `127.0.0.1:${address?.port}` : (address ?? ""), stop }
}

function verdict(bytes: Buffer): string {
  return bytes.includes(eicar) ? "stream: Win.Test.EICAR_HDB-1 FOUND\0" : "stream: OK\0"
}

function wholeStream(said: Buffer): Buffer | null {
  if (said.subarray(0, 10).toString() !== "zINSTREAM\0") return null
  const parts: Buffer[] = []
  for (let at = 10; at + 4 <= said.length; ) {
    const length = said.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(said.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

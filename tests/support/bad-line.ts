import { connect, createServer, type Socket } from "node:net"

/** A line between a browser and the portal that does what lines do. */
export type BadLine = {
  /** The portal's address over this line. */
  url: string
  /** From now on a connection over which this many bytes went up stands still there; resolves when one does. */
  holdAfter: (bytes: number) => Promise<void>
  /** Breaks the connections that stand still. */
  cut: () => void
  /** Lets everything through, also what stands still. */
  release: () => void
  stop: () => Promise<void>
}

/** Opens a line to the portal at `to`; it lets everything through until it is told otherwise. */
export async function openBadLine(to: string): Promise<BadLine> {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  const held = new Set<Socket>()
  let most = Infinity
  let tell: () => void = () => undefined
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    let up = 0
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.on("error", () => other.destroy())
      one.on("close", () => {
        open.delete(one)
        held.delete(one)
        other.destroy()
      })
      one.on("drain", () => !held.has(other) && other.resume())
    }
    near.on("data", (bytes) => {
      up += bytes.length
      if (!far.write(bytes)) near.pause()
      if (up <= most) return
      near.pause()
      held.add(near)
      tell()
    })
    far.on("data", (bytes) => !near.write(bytes) && far.pause())
  })
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
  const address = server.address()
  const release = () => {
    most = Infinity
    for (const socket of held) socket.resume()
    held.clear()
  }
  return {
    url: `http://localhost:${typeof address === "object" ? address?.port : 0}`,
    holdAfter: (bytes) => new Promise((resolve) => {
      most = bytes
      tell = resolve
    }),
    cut: () => {
      for (const socket of held) socket.destroy()
    },
    release,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    }),
  }
}

import { createServer } from "node:net"
import { Stopped } from "./steps.ts"

const addresses = ["::", "0.0.0.0", "127.0.0.1", "::1"]
const triesBeforeGivingUp = 200

/** The first port from `wanted` on which nothing listens on any address of this machine, and that is not in `taken`. */
export async function firstFreePort(wanted: number, taken: readonly number[] = []): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + triesBeforeGivingUp, 65536); port++) {
    if (!taken.includes(port) && (await isFree(port))) return port
  }
  throw new Stopped(`Tussen poort ${wanted} en ${wanted + triesBeforeGivingUp} is er geen vrij.`)
}

async function isFree(port: number): Promise<boolean> {
  for (const address of addresses) if (!(await canListen(port, address))) return false
  return true
}

/** An address this machine does not have (no IPv6) is no reason to call a port taken. */
function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT"))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

import { createHmac, timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export type Received = { id: string; time: string; signature: string; body: string }

/** A receiver of webhooks on this machine that keeps what it is sent. It answers 204 until `answer` says otherwise. */
export async function openReceiver() {
  const received: Received[] = []
  let answer = (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const said = (name: string) => String(request.headers[name] ?? "")
    received.push({ id: said("webhook-id"), time: said("webhook-timestamp"), signature: said("webhook-signature"), body: Buffer.concat(pieces).toString() })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/haak`,
    received,
    answerWith: (other: typeof answer) => void (answer = other),
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  }
}

/** Whether a message was signed with this secret, as Standard Webhooks says it is checked. */
export function isSigned({ id, time, signature, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")
  const expected = Buffer.from(`v1,${createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64")}`)
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("It listens on a port")
  return address.port
}

import { createHmac } from "node:crypto"
import { request as overHttp } from "node:http"
import { request as overHttps } from "node:https"
import type { MessageToPost, TryOutcome } from "#domain/webhooks/webhook-views.ts"
import { env } from "#platform/env.ts"
import { AddressRefused, publicAddressesOf } from "#platform/public-address.ts"

const patience = 10_000
const mostHeard = 2_000

/**
 * Posts one message and tells how that went; it never throws. Signed as Standard Webhooks 1.0 says: HMAC-SHA-256 over id, time and body, so that the
 * receiver knows it is ours, whole, and not an old one. The host is looked up once, connected to as found, and followed nowhere else.
 */
export async function postMessage(message: MessageToPost, now: Date): Promise<TryOutcome> {
  const started = performance.now()
  const took = () => Math.round(performance.now() - started)
  try {
    const { status, answer } = await post(message, now)
    return { status, answer, failure: status >= 200 && status < 300 ? null : "refused", milliseconds: took() }
  } catch (error) {
    return { status: null, answer: null, failure: failureOf(error), milliseconds: took() }
  }
}

async function post({ id, url, secret, body }: MessageToPost, now: Date): Promise<{ status: number; answer: string }> {
  const to = new URL(url)
  const addresses = await publicAddressesOf(to.hostname, { loopback: env().OUTGOING_LOOPBACK })
  const time = Math.floor(now.getTime() / 1000)
  const signature = createHmac("sha256", secret).update(`${id}.${time}.${body}`).digest("base64")
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "LoonDossier-Webhooks/1",
    "webhook-id": id,
    "webhook-timestamp": String(time),
    "webhook-signature": `v1,${signature}`,
  }
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patience)
    const ask = to.protocol === "https:" ? overHttps : overHttp
    const asked = ask(to, {
      method: "POST", headers, agent: false, signal,
      lookup: (_host, { all }, found) => {
        const [first] = addresses
        if (all) found(null, addresses)
        else if (first) found(null, first.address, first.family)
      },
    })
    asked.on("error", reject)
    asked.on("response", (answer) => {
      const heard: Buffer[] = []
      let size = 0
      const done = () => resolve({ status: answer.statusCode ?? 0, answer: Buffer.concat(heard).subarray(0, mostHeard).toString() })
      answer.on("data", (piece: Buffer) => {
        heard.push(piece)
        size += piece.length
        if (size < mostHeard) return
        done()
        asked.destroy()
      })
      answer.on("end", done)
      answer.on("error", reject)
    })
    asked.end(body)
  })
}

/** The stable code of why there was no answer, with nothing in it of where it went. */
function failureOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.code
  if (!(error instanceof Error)) return "no-answer"
  if (error.name === "AbortError" || error.name === "TimeoutError") return "timeout"
  const code = "code" in error && typeof error.code === "string" ? error.code : ""
  if (code === "ECONNREFUSED") return "refused-connection"
  if (/^(CERT|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) return "certificate"
  return "no-answer"
}

import { connect, type Socket } from "node:net"
import type { TestPortal } from "./portal.ts"
import type { SignedIn } from "./signed-in.ts"

type Headers = Record<string, string>

const spoken: Headers = { "Tus-Resumable": "1.0.0" }
const octets: Headers = { "Content-Type": "application/offset+octet-stream" }

/** Begins an upload of `length` bytes under a name, by the tus protocol. */
export function begin(as: SignedIn, length: number | string, name = "bestand.txt", headers: Headers = {}): Promise<Response> {
  const encoded = Buffer.from(name).toString("base64")
  return as("/api/uploads", { method: "POST", headers: { ...spoken, "Upload-Length": String(length), "Upload-Metadata": `filename ${encoded}`, ...headers } })
}

/** The address of an upload that was begun. */
export function placeOf(answer: Response): string {
  return answer.headers.get("location") ?? ""
}

/** Sends bytes from an offset on. */
export function patch(as: SignedIn, at: string, offset: number | string, bytes: Uint8Array, headers: Headers = {}): Promise<Response> {
  return as(at, { method: "PATCH", body: new Uint8Array(bytes), headers: { ...spoken, ...octets, "Upload-Offset": String(offset), ...headers } })
}

/** How far an upload is; null when it is not there. */
export async function offsetAt(as: SignedIn, at: string): Promise<number | null> {
  const answer = await as(at, { method: "HEAD", headers: spoken })
  return answer.status === 200 ? Number(answer.headers.get("upload-offset")) : null
}

/** Makes whole uploads a file. */
export function place(as: SignedIn, places: readonly string[], more: { together?: string; sha256?: string } = {}): Promise<Response> {
  const body = Buffer.from(JSON.stringify({ uploadIds: places.map((at) => at.split("/").pop()), ...more }))
  return as("/api/own-files", { method: "POST", body: new Uint8Array(body), headers: { "Content-Type": "application/json" } })
}

/** Sends a file whole and makes it one in the dossier: what the last request said. */
export async function sendWhole(as: SignedIn, name: string, bytes: Uint8Array): Promise<Response> {
  const at = placeOf(await begin(as, bytes.length, name))
  await patch(as, at, 0, bytes)
  return place(as, [at])
}

export type Line = { socket: Socket; answered: () => Promise<string> }

/** A request on a line of its own, as it stands; what comes after its head is up to the test. `answered` waits for a whole answer, and closes the line. */
export function openLine(portal: TestPortal, method: string, path: string, headers: Headers): Line {
  const { hostname, port, host, origin } = new URL(portal.url)
  const socket = connect(Number(port), hostname)
  let said = ""
  let hear: () => void = () => undefined
  const heard = new Promise<void>((resolve) => (hear = resolve))
  socket.on("data", (piece: Buffer) => {
    said += piece.toString("latin1")
    if (said.endsWith("\r\n\r\n") && (said.endsWith("0\r\n\r\n") || !/^transfer-encoding: chunked/im.test(said))) hear()
  })
  socket.on("error", () => undefined)
  socket.on("close", () => hear())
  socket.write(`${method} ${path} HTTP/1.1\r\n${Object.entries({ Host: host, Origin: origin, ...headers }).map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`)
  return { socket, answered: () => heard.then(() => (socket.destroy(), said)) }
}

/** A PATCH on a line of its own, that says `announced` bytes will come. */
export function openPatch(portal: TestPortal, cookie: string, at: string, offset: number, announced: number | "chunked"): Line {
  const length: Headers = announced === "chunked" ? { "Transfer-Encoding": "chunked" } : { "Content-Length": String(announced) }
  return openLine(portal, "PATCH", at, { Cookie: cookie, ...spoken, ...octets, "Upload-Offset": String(offset), ...length })
}

/** Writes bytes to a line as fast as they are taken. */
export async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
}

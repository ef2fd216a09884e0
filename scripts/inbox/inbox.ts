import { createHash } from "node:crypto"
import { createServer } from "node:http"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Server as NetServer } from "node:net"
import { SMTPServer } from "smtp-server"
import { MailFolder } from "./mails.ts"
import { listPage, mailPage, missingPage, pageStyle } from "./pages.ts"

export type Inbox = { web: number; smtp: number; stop: () => Promise<void> }

type Options = { folder: string; host: string; web: number; smtp: number }

const largestMail = 30_000_000
const styleHash = `'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`
const strict = `default-src 'none'; style-src ${styleHash}; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
/** What a mail brings along may look like something, but runs nothing, fetches nothing and belongs to no origin. */
const forMail = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

/**
 * A mail server that accepts everything and delivers nothing, with a page to read what came in and JSON for tests:
 * GET /api/mails (?to=address) and DELETE /api/mails. Ports that are taken are stepped over; the ports in use come back.
 */
export async function startInbox({ folder, host, web, smtp }: Options): Promise<Inbox> {
  const mails = new MailFolder(folder)
  const receiver = receive(mails)
  const pages = createServer((request, response) => {
    answer(mails, request, response).catch((error: unknown) => {
      console.error(error)
      send(response, 500, "text/html", missingPage())
    })
  })
  const smtpPort = await listen(receiver.server, host, smtp, [])
  const webPort = await listen(pages, host, web, [smtpPort])
  return {
    web: webPort,
    smtp: smtpPort,
    stop: async () => {
      pages.closeAllConnections()
      await Promise.all([new Promise((done) => pages.close(done)), new Promise<void>((done) => receiver.close(() => done()))])
    },
  }
}

function receive(mails: MailFolder): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    size: largestMail,
    closeTimeout: 500,
    onAuth: (_auth, _session, done) => done(null, { user: "iedereen" }),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on("data", (part: Buffer) => parts.push(part))
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error("Too large"), { responseCode: 552 }))
        mails.keep(Buffer.concat(parts), session.envelope.rcptTo.map((one) => one.address))
        done()
      })
    },
  })
  server.on("error", () => undefined)
  return server
}

/** Names other than this machine's are refused: a web page elsewhere could otherwise read the mails through a name it controls. */
async function answer(mails: MailFolder, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.parse(request.url ?? "/", "http://localhost")
  const name = (request.headers.host ?? "").replace(/:\d+$/, "")
  if (!url || !["localhost", "127.0.0.1", "[::1]", "inbox"].includes(name)) return send(response, 421, "text/plain", "Misdirected request")
  const [, folder, id, part] = url.pathname.split("/")
  if (url.pathname === "/api/mails" && request.method === "DELETE") {
    mails.clear()
    return send(response, 204, "text/plain", "")
  }
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "Method not allowed")
  if (url.pathname === "/api/mails") return send(response, 200, "application/json", JSON.stringify(await mails.list(url.searchParams.get("to") ?? undefined)))
  if (url.pathname === "/") return send(response, 200, "text/html", listPage(await mails.list()))
  const mail = folder === "mail" && id ? await mails.find(id) : undefined
  if (mail && part === undefined) return send(response, 200, "text/html", mailPage(mail))
  if (mail && part === "html") return send(response, 200, "text/html", mail.html, forMail)
  return send(response, 404, "text/html", missingPage())
}

function send(response: ServerResponse, status: number, type: string, body: string, policy = strict): void {
  response.writeHead(status, {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  })
  response.end(body)
}

async function listen(server: Pick<NetServer, "once" | "off" | "listen">, host: string, wanted: number, taken: number[]): Promise<number> {
  for (let port = wanted; port < wanted + 200; port++) {
    if (!taken.includes(port) && (await tryPort(server, host, port))) return port
  }
  throw new Error(`No free port from ${wanted}`)
}

function tryPort(server: Pick<NetServer, "once" | "off" | "listen">, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error))
    server.once("error", failed)
    server.listen({ port, host, exclusive: true }, () => {
      server.off("error", failed)
      resolve(true)
    })
  })
}

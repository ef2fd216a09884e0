import { connect, type Socket } from "node:net"
import { env } from "./env.ts"
import { publicAddressesOf } from "./public-address.ts"

/** Somebody's own mail server, and as whom it is used. `edition` is another one as soon as anything of it changed. */
export type MailServer = {
  id: string
  edition: string
  host: string
  port: number
  security: "tls" | "starttls"
  user: string
  secret: { password: string } | { token: string }
  from: { name: string; address: string }
  copy: { as: "cc" | "bcc"; to: string } | null
}

/** How far a mail came, and what was answered: policy/smtp-answers.ts tells what it means. */
export type ServerAnswer = { during: "connect" | "secure" | "sign-in" | "sender" | "recipient" | "content"; status: number | null; text: string; cause: string | null }

const patience = 15_000

/** How nodemailer is to connect: with TLS or not at all, and the certificate has to be right and made out to the name that was asked for. */
export function serverOptions({ host, port, security }: MailServer) {
  return {
    host,
    port,
    servername: host,
    secure: security === "tls",
    requireTLS: security === "starttls",
    tls: { servername: host, minVersion: "TLSv1.2", rejectUnauthorized: true },
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: 60_000,
  } as const
}

/** Opens a connection to a server's address as it was checked to be on the public internet: the name is looked up once. Throws AddressRefused, or what the connection broke on. */
export async function openSocket({ host, port }: Pick<MailServer, "host" | "port">): Promise<Socket> {
  const addresses = await publicAddressesOf(host, { loopback: env().OUTGOING_LOOPBACK })
  return new Promise((resolve, reject) => {
    const socket = connect({
      host, port, autoSelectFamily: true, signal: AbortSignal.timeout(patience),
      lookup: (_host, { all }, found) => {
        const [first] = addresses
        if (all) found(null, addresses)
        else if (first) found(null, first.address, first.family)
      },
    })
    socket.once("error", reject)
    socket.once("connect", () => {
      socket.off("error", reject)
      resolve(socket)
    })
  })
}

/** What nodemailer, or the connection, broke on. */
export function answerIn(error: unknown): ServerAnswer {
  const said = (name: string): unknown => (error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined)
  const text = (name: string) => (typeof said(name) === "string" ? String(said(name)) : "")
  const status = said("responseCode")
  const code = text("code")
  return {
    during: stageOf(text("command"), code),
    status: typeof status === "number" ? status : null,
    text: text("response"),
    cause: causeOf(error, code, text("originalCode")),
  }
}

function stageOf(command: string, code: string): ServerAnswer["during"] {
  if (command.startsWith("AUTH") || code === "EAUTH") return "sign-in"
  if (command === "STARTTLS" || code === "ETLS") return "secure"
  if (command === "MAIL FROM") return "sender"
  if (command === "RCPT TO") return "recipient"
  if (command === "DATA" || code === "EMESSAGE") return "content"
  return "connect"
}

/** A certificate that is wrong may stand inside the error that nodemailer made of it, in its words alone. */
function causeOf(error: unknown, code: string, original: string): string | null {
  const words = error instanceof Error ? error.message : ""
  if (/Unknown authentication method|Missing credentials/.test(words)) return "no-mechanism"
  const found = /wrong version number|unsupported protocol|packet length too long/i.test(words) ? "ERR_SSL_WRONG_VERSION_NUMBER" : original || code
  return found || null
}

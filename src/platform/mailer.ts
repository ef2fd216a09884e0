import { createTransport } from "nodemailer"
import { env } from "./env.ts"

export type OutgoingMail = {
  /** Ours to choose and the same at every try, so that a receiver can tell a repeat. Without angle brackets. */
  messageId: string
  to: { name?: string; address: string }
  /** Where it comes back to when it does not arrive (the sender on the envelope); null: to who sends it. */
  returnPath?: string | null
  subject: string
  text: string
  html?: string
  headers?: Record<string, string>
}

/** A mail that was not accepted. `permanent`: trying again will not help. Says nothing of whom it was for. */
export class MailFailed extends Error {
  readonly permanent: boolean
  readonly code: string
  /** What the server said of the receiver, as RFC 3463 writes it ("5.1.1"); null where it said none. */
  readonly status: string | null
  /** Refused for good when the receiver was named. */
  readonly isAboutAddress: boolean

  constructor(permanent: boolean, code: string, { status = null, isAboutAddress = false }: { status?: string | null; isAboutAddress?: boolean } = {}) {
    super(`The mail was not accepted: ${code}`)
    this.name = "MailFailed"
    this.permanent = permanent
    this.code = code
    this.status = status
    this.isAboutAddress = isAboutAddress
  }
}

/** One plain mailbox: no list, group, comment, quote, or white space. RFC 5321 allows more; nobody in payroll has it. */
const addressShape = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*$/i
const idShape = /^[A-Za-z0-9._+-]{1,200}@[A-Za-z0-9.-]{1,200}$/
const headerNameShape = /^[A-Za-z0-9-]{1,70}$/
const oursAlone = /^(to|cc|bcc|from|sender|reply-to|subject|date|message-id|content-.*|mime-version|return-path|received)$/i

type Transport = ReturnType<typeof openTransport>
let transport: Transport | undefined

/**
 * Sends one mail to one receiver through SMTP_URL and returns what the server answered when it took it over. Throws MailFailed:
 * permanent for an address that cannot be one and for answers in the 500s to the mail itself; not permanent for the connection, sign-in or 400s.
 */
export async function sendMail(mail: OutgoingMail): Promise<{ response: string }> {
  assertSendable(mail)
  transport ??= openTransport(env().SMTP_URL)
  const from = env().MAIL_FROM
  try {
    const { response } = await transport.sendMail({
      messageId: `<${mail.messageId}>`,
      from: { name: "Mijn LoonDossier", address: from },
      to: { name: onOneLine(mail.to.name ?? ""), address: mail.to.address },
      envelope: { from: mail.returnPath ?? from, to: [mail.to.address] },
      subject: onOneLine(mail.subject),
      text: mail.text,
      html: mail.html,
      headers: { "Auto-Submitted": "auto-generated", ...mail.headers },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return { response }
  } catch (error) {
    throw failure(error)
  }
}

/** Ends the connections that wait for a next mail. To be called when a process stops. */
export function closeMailer(): void {
  transport?.close()
  transport = undefined
}

function openTransport(url: string) {
  const server = new URL(url)
  const secure = server.protocol === "smtps:"
  const user = decodeURIComponent(server.username)
  return createTransport({
    pool: true,
    maxConnections: 4,
    host: server.hostname,
    port: Number(server.port) || (secure ? 465 : 587),
    secure,
    auth: user ? { user, pass: decodeURIComponent(server.password) } : undefined,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

function assertSendable(mail: OutgoingMail): void {
  if (!addressShape.test(mail.to.address)) throw new MailFailed(true, "address-unusable")
  if (!idShape.test(mail.messageId)) throw new MailFailed(true, "message-id-unusable")
  for (const [name, value] of Object.entries(mail.headers ?? {})) {
    if (!headerNameShape.test(name) || oursAlone.test(name) || value !== onOneLine(value)) throw new MailFailed(true, "header-unusable")
  }
}

/** Line ends and other control characters would start a header of their own. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim()
}

/** nodemailer's own error quotes the address and the server's answer to it: only its codes go on. */
function failure(error: unknown): MailFailed {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown"
  const status = error instanceof Error && "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : undefined
  const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE"
  const permanent = isAboutMail && status !== undefined && status >= 500
  const said = error instanceof Error && "response" in error && typeof error.response === "string" ? error.response : ""
  const [, enhanced = null] = /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(said) ?? []
  const isAboutAddress = permanent && error instanceof Error && "command" in error && error.command === "RCPT TO"
  return new MailFailed(permanent, [code, status, enhanced].filter(Boolean).join(" "), { status: enhanced, isAboutAddress })
}

import { TLSSocket } from "node:tls"
import { createTransport } from "nodemailer"
import SMTPConnection from "nodemailer/lib/smtp-connection"
import type { SMTPTransportGetSocketCallback } from "nodemailer/lib/smtp-transport"
import XOAuth2 from "nodemailer/lib/xoauth2"
import { dkimSigner } from "./dkim.ts"
import { env } from "./env.ts"
import { answerIn, openSocket, serverOptions, type MailServer, type ServerAnswer } from "./mail-server.ts"
import { pools } from "./pools.ts"

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
  /** Bytes alone, never a path or an address. */
  attachments?: readonly { filename: string; contentType: string; content: Buffer }[]
}

/**
 * A mail that was not accepted. `permanent`: trying again will not help. Says nothing of whom it was for; what the server said may, and goes only to
 * who asks for it by name, never along into a log.
 */
export class MailFailed extends Error {
  readonly permanent: boolean
  readonly code: string
  readonly #answer: ServerAnswer

  constructor(permanent: boolean, code: string, answer: ServerAnswer = answerIn(null)) {
    super(`The mail was not accepted: ${code}`)
    this.name = "MailFailed"
    this.permanent = permanent
    this.code = code
    this.#answer = answer
  }

  /** That the server would not have the receiver, for good, with what it said of that as RFC 3463 writes it ("5.1.1"), or null where it said none; null for anything else. */
  refusal(): { status: string | null } | null {
    return this.permanent && this.#answer.during === "recipient" ? { status: statusIn(this.#answer) } : null
  }

  /** How far it came and what was answered there, in the server's own words. */
  answer(): ServerAnswer {
    return this.#answer
  }
}

/** What went well, in its order; `detail`: the version of TLS, or the last words of the server. */
export type TrialStep = { step: "connected" | "secured" | "signed-in" | "sender" | "recipient" | "delivered"; detail: string | null }

/** How handing over one mail went, step by step. */
export type Trial = { steps: TrialStep[]; failed: MailFailed | null }

/** One plain mailbox: no list, group, comment, quote, or white space. RFC 5321 allows more; nobody in payroll has it. */
const addressShape = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*$/i
const idShape = /^[A-Za-z0-9._+-]{1,200}@[A-Za-z0-9.-]{1,200}$/
const headerNameShape = /^[A-Za-z0-9-]{1,70}$/
const oursAlone = /^(to|cc|bcc|from|sender|reply-to|subject|date|message-id|content-.*|mime-version|return-path|received)$/i

type Transport = ReturnType<typeof openTransport>
let transport: Transport | undefined

/** The most mailboxes of others that are connected to at once, and how long a connection waits for a next mail, in milliseconds. */
const ownServers = pools<Transport>(20)
const idle = 30_000
/** The longest that one mail takes through somebody else's server, in milliseconds: less than its job lives. */
const longest = 60_000

/**
 * Sends one mail to one receiver, through SMTP_URL or somebody's own server, and returns what it answered when it took the mail over. Throws MailFailed:
 * permanent for an address that cannot be one and for answers in the 500s to the mail itself; not permanent for the connection, sign-in or 400s.
 */
export async function sendMail(mail: OutgoingMail, through: MailServer | null = null): Promise<{ response: string }> {
  assertSendable(mail)
  const composed = composition(mail, through)
  try {
    const sent = through ? await ownServers.use(through, () => openOwn(through), (own) => own.sendMail({ ...composed, signal: AbortSignal.timeout(longest) })) : await (transport ??= openTransport(env().SMTP_URL)).sendMail(composed)
    const refused = sent.rejectedErrors?.find((_error, at) => sent.rejected[at] === mail.to.address)
    if (refused) throw refused
    return { response: sent.response }
  } catch (error) {
    throw failure(error)
  }
}

/** A mail as nodemailer takes it. What goes with an attachment is for its receiver alone: no copy of it. */
function composition(mail: OutgoingMail, through: MailServer | null) {
  const from = through?.from ?? { name: "Mijn LoonDossier", address: env().MAIL_FROM }
  const copy = mail.attachments?.length ? null : (through?.copy ?? null)
  return {
    messageId: `<${mail.messageId}>`,
    from: { name: onOneLine(from.name), address: from.address },
    to: { name: onOneLine(mail.to.name ?? ""), address: mail.to.address },
    ...(copy?.as === "cc" ? { cc: copy.to } : {}),
    envelope: { from: mail.returnPath ?? from.address, to: [mail.to.address, ...(copy ? [copy.to] : [])] },
    subject: onOneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    attachments: [...(mail.attachments ?? [])],
    headers: { "Auto-Submitted": "auto-generated", ...mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Ends the connections that wait for a next mail. To be called when a process stops. */
export function closeMailer(): void {
  transport?.close()
  transport = undefined
  ownServers.closeAll()
}

function openOwn(server: MailServer) {
  const { user, secret } = server
  return createTransport({
    ...serverOptions(server),
    pool: true,
    maxConnections: 2,
    maxRequeues: 1,
    idleTimeout: idle,
    forceAuth: true,
    auth: "token" in secret ? { type: "OAuth2", user, accessToken: secret.token } : { user, pass: secret.password },
    getSocket: (_options: unknown, opened: SMTPTransportGetSocketCallback) => void openSocket(server).then((connection) => opened(null, { connection }), (error: Error) => opened(error)),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** The longest that a trial takes, in milliseconds. */
const trialTime = 25_000

/** Hands one mail to a server over a connection of its own, and tells how far that came. Never throws; ends within 25 seconds. */
export async function tryServer(mail: OutgoingMail, through: MailServer): Promise<Trial> {
  const steps: TrialStep[] = []
  const went = (step: TrialStep["step"], detail: string | null = null) => void steps.push({ step, detail })
  let connection: SMTPConnection | undefined
  try {
    assertSendable(mail)
    await within(trialTime, async () => {
      const socket = await openSocket(through)
      went("connected")
      connection = new SMTPConnection({ ...serverOptions(through), connection: socket })
      await handOver(connection, mail, through, went)
    })
    return { steps, failed: null }
  } catch (error) {
    return { steps, failed: failure(error) }
  } finally {
    connection?.close()
  }
}

async function handOver(connection: SMTPConnection, mail: OutgoingMail, through: MailServer, went: (step: TrialStep["step"], detail?: string) => void): Promise<void> {
  const { user, secret } = through
  await new Promise<void>((resolve, reject) => {
    connection.on("error", reject)
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  went("secured", connection._socket instanceof TLSSocket ? (connection._socket.getProtocol() ?? "").replace("v", " ") : undefined)
  const by = "token" in secret ? { user, method: "XOAUTH2", oauth2: new XOAuth2({ user, accessToken: secret.token }) } : { user, credentials: { user, pass: secret.password } }
  await new Promise<void>((resolve, reject) => connection.login(by, (error) => (error ? reject(error) : resolve())))
  went("signed-in")
  const { message, envelope } = await createTransport({ streamTransport: true, buffer: true, newline: "windows" }).sendMail(composition(mail, { ...through, copy: null }))
  try {
    const response = await new Promise<string>((resolve, reject) => connection.send({ from: envelope.from, to: envelope.to }, message, (error, info) => (error ? reject(error) : resolve(info.response))))
    for (const step of ["sender", "recipient"] as const) went(step)
    went("delivered", response)
  } catch (error) {
    const { during } = failure(error).answer()
    if (during === "recipient" || during === "content") went("sender")
    if (during === "content") went("recipient")
    throw error
  }
}

async function within<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(Object.assign(new Error("It took too long"), { code: "ETIMEDOUT" })), milliseconds)
  return Promise.race([work(), promise]).finally(() => clearTimeout(timer))
}

function openTransport(url: string) {
  const server = new URL(url)
  const secure = server.protocol === "smtps:"
  const user = decodeURIComponent(server.username)
  const signer = dkimSigner()
  return createTransport({
    ...(signer ? { dkim: signer } : {}),
    pool: true,
    maxConnections: 10,
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
  if (error instanceof MailFailed) return error
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown"
  const answer = answerIn(error)
  const { status } = answer
  const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE"
  return new MailFailed(isAboutMail && status !== null && status >= 500, [code, status, statusIn(answer)].filter(Boolean).join(" "), answer)
}

function statusIn({ text }: ServerAnswer): string | null {
  return /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null
}

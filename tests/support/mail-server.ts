import { SMTPServer, type SMTPServerOptions } from "smtp-server"
import { makeCertificate, trust, type Certificate } from "./certificate.ts"

/** What a server says no with, and where. */
export type Answers = Partial<Record<"connect" | "sign-in" | "sender" | "recipient" | "content", { status: number; text: string }>>

export type TakenMail = { from: string; to: string[]; raw: string; user: string; secure: boolean }

export type MailServerOptions = {
  security?: "tls" | "starttls" | "none"
  certificate?: Certificate
  answers?: Answers
  /** With a token in place of a password. */
  token?: string
  password?: string
  options?: SMTPServerOptions
}

let shared: Certificate | undefined

/** The certificate of "localhost" that this process believes. */
export function ownCertificate(): Certificate {
  if (!shared) trust((shared = makeCertificate("localhost")))
  return shared
}

/** A mail server on this machine, with TLS, that keeps what it takes. What it answers can be changed while it runs. */
export async function startMailServer({ security = "tls", certificate = ownCertificate(), answers = {}, token, password = "goed wachtwoord", options = {} }: MailServerOptions = {}) {
  const taken: TakenMail[] = []
  const state = { answers, token, password, signIns: 0, connections: 0 }
  const refusal = (where: keyof Answers) => {
    const said = state.answers[where]
    return said ? Object.assign(new Error(said.text), { responseCode: said.status }) : undefined
  }
  const server = new SMTPServer({
    ...certificate,
    secure: security === "tls",
    hideSTARTTLS: security === "none",
    authMethods: token === undefined ? ["PLAIN", "LOGIN"] : ["XOAUTH2"],
    authOptional: false,
    size: 1_000_000,
    onConnect: (_session, done) => {
      state.connections += 1
      done(refusal("connect"))
    },
    onAuth: (auth, _session, done) => {
      state.signIns += 1
      const isRight = state.token === undefined ? auth.password === state.password : auth.accessToken === state.token
      const no = refusal("sign-in") ?? (isRight ? undefined : Object.assign(new Error("5.7.8 Authentication credentials invalid"), { responseCode: 535 }))
      if (no) done(no)
      else done(null, { user: auth.username })
    },
    onMailFrom: (_address, _session, done) => done(refusal("sender")),
    onRcptTo: (_address, _session, done) => done(refusal("recipient")),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = []
      stream.on("data", (piece: Buffer) => pieces.push(piece))
      stream.on("end", () => {
        const no = refusal("content")
        if (no) return done(no)
        const { mailFrom, rcptTo } = session.envelope
        taken.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString(), user: String(session.user), secure: session.secure })
        done()
      })
    },
    ...options,
  })
  server.on("error", () => undefined)
  const { server: socket } = server
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
  const address = socket.address()
  return {
    port: address && typeof address === "object" ? address.port : 0,
    taken,
    state,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

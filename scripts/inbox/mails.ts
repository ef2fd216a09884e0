import { randomUUID } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { simpleParser } from "mailparser"

export type Mail = {
  id: string
  messageId: string
  /** The addresses that the sending server named (RCPT TO), lower case; not what the headers say. */
  recipients: string[]
  from: string
  to: string
  subject: string
  receivedAt: string
  headers: Record<string, string>
  text: string
  html: string
  links: string[]
}

const idShape = /^\d{15}-[0-9a-f-]{36}$/

/** Mails kept as .eml files in a folder, each as it came in, also when the same one comes twice. Newest first. */
export class MailFolder {
  readonly #folder: string
  readonly #parsed = new Map<string, Promise<Mail>>()
  #count = 0

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Keeps one mail: the bytes, with the envelope in two headers above them. Returns when it stands on disk. */
  keep(bytes: Buffer, recipients: string[]): void {
    const id = `${String(Date.now()).padStart(13, "0")}${String(this.#count++ % 100).padStart(2, "0")}-${randomUUID()}`
    const envelope = `X-Received-At: ${new Date().toISOString()}\r\nX-Recipients: ${recipients.join(" ").toLowerCase()}\r\n`
    writeFileSync(join(this.#folder, `${id}.half`), Buffer.concat([Buffer.from(envelope), bytes]), { mode: 0o600 })
    renameSync(join(this.#folder, `${id}.half`), join(this.#folder, `${id}.eml`))
  }

  /** All mails, or those sent to one address. */
  async list(to?: string): Promise<Mail[]> {
    const ids = readdirSync(this.#folder).filter((name) => name.endsWith(".eml")).map((name) => name.slice(0, -4))
    const mails = await Promise.all(ids.sort().reverse().map((id) => this.#read(id)))
    return to === undefined ? mails : mails.filter((mail) => mail.recipients.includes(to.toLowerCase()))
  }

  /** One mail, or undefined when there is none with this id. */
  async find(id: string): Promise<Mail | undefined> {
    return idShape.test(id) && existsSync(join(this.#folder, `${id}.eml`)) ? this.#read(id) : undefined
  }

  /** Throws all mails away. */
  clear(): void {
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { force: true })
    this.#parsed.clear()
  }

  #read(id: string): Promise<Mail> {
    const known = this.#parsed.get(id) ?? parse(id, readFileSync(join(this.#folder, `${id}.eml`)))
    this.#parsed.set(id, known)
    return known
  }
}

async function parse(id: string, bytes: Buffer): Promise<Mail> {
  const mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true })
  const html = mail.html || ""
  const text = mail.text ?? ""
  const headers = Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(":") + 1).trim()]))
  return {
    id,
    messageId: mail.messageId ?? "",
    recipients: (headers["x-recipients"] ?? "").split(" ").filter(Boolean),
    from: mail.from?.text ?? "",
    to: [mail.to ?? []].flat().map((one) => one.text).join(", "),
    subject: mail.subject ?? "",
    receivedAt: headers["x-received-at"] ?? "",
    headers,
    text,
    html,
    links: [...new Set(`${text} ${html.replaceAll("&amp;", "&")}`.match(/https?:\/\/[^\s<>"')]+/g) ?? [])],
  }
}

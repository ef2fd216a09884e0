import { ImapFlow } from "imapflow"

/** Of each mail no more is fetched: a report stands before the mail that it is about. */
const mostBytes = 262_144
const mostAtOnce = 200
const patience = 30_000

/**
 * Reads what came to a mailbox (imaps://user:password@host/INBOX) and hands over each mail, the oldest first, two hundred at most. What `take` says is done with
 * is deleted there, after `take` has kept it; the rest is marked as seen and left for a person. When it is killed in between a mail comes once more. Returns how
 * many were done with. Without TLS only on the own machine.
 */
export async function readBounceMailbox(address: string, take: (raw: Uint8Array) => Promise<boolean>): Promise<number> {
  const at = new URL(address)
  const secure = at.protocol === "imaps:"
  const isOwnMachine = ["localhost", "127.0.0.1", "[::1]"].includes(at.hostname)
  const client = new ImapFlow({
    host: at.hostname,
    port: Number(at.port) || (secure ? 993 : 143),
    secure,
    ...(secure ? {} : { doSTARTTLS: !isOwnMachine }),
    auth: { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  })
  client.on("error", () => {})
  try {
    await client.connect()
    const box = await client.getMailboxLock(decodeURIComponent(at.pathname.slice(1)) || "INBOX")
    const unseen = (await client.search({ seen: false }, { uid: true })) || []
    let done = 0
    for (const uid of unseen.toSorted((one, other) => one - other).slice(0, mostAtOnce)) {
      const mail = await client.fetchOne(String(uid), { source: { start: 0, maxLength: mostBytes } }, { uid: true })
      if (!mail || !mail.source) continue
      const isDone = await take(mail.source)
      if (isDone) await client.messageDelete(String(uid), { uid: true })
      else await client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true })
      if (isDone) done += 1
    }
    box.release()
    return done
  } catch (error) {
    throw new MailboxUnread(error)
  } finally {
    await client.logout().catch(() => client.close())
  }
}

/** The mailbox could not be read. Says nothing of whose it is, or what stood in it. */
class MailboxUnread extends Error {
  constructor(cause: unknown) {
    const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : cause instanceof Error ? cause.name : "unknown"
    super(`The mailbox of returned mail could not be read: ${code}`)
    this.name = "MailboxUnread"
  }
}

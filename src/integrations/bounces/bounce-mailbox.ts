import { ConsentFailed, standingToken } from "#platform/mail-consent.ts"
import { openImap } from "./open-imap.ts"

/** Of each mail no more is fetched: a report stands before the mail that it is about. */
const mostBytes = 262_144
const mostAtOnce = 200

/**
 * Reads what came to a mailbox (imaps://user:password@host/INBOX) and hands over each mail, the oldest first, two hundred at most. What `take` says is done with
 * is deleted there, after `take` has kept it; the rest is marked as seen and left for a person. When it is killed in between a mail comes once more. Returns how
 * many were done with. Without TLS only on the own machine; with a password, or a token of Google or Microsoft.
 */
export async function readBounceMailbox(address: string, take: (raw: Uint8Array) => Promise<boolean>, now: Date): Promise<number> {
  const at = new URL(address)
  const secure = at.protocol === "imaps:"
  const isOwnMachine = ["localhost", "127.0.0.1", "[::1]"].includes(at.hostname)
  const starttls = secure ? {} : { doSTARTTLS: !isOwnMachine }
  const auth = await signInFor(at, now)
  const client = openImap({ host: at.hostname, port: Number(at.port) || (secure ? 993 : 143), secure, ...starttls, auth })
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

/** With a password, or with a token: ?with=google and a refresh token where the password stands, or ?with=microsoft&tenant=…, which asks one for the portal itself. */
async function signInFor({ username, password, searchParams }: URL, now: Date): Promise<{ user: string; pass: string } | { user: string; accessToken: string }> {
  const [user, secret, by] = [decodeURIComponent(username), decodeURIComponent(password), searchParams.get("with")]
  if (by !== "google" && by !== "microsoft") return { user, pass: secret }
  try {
    return { user, accessToken: await standingToken(by === "google" ? { provider: by, refresh: secret } : { provider: by, tenant: searchParams.get("tenant") ?? "" }, now) }
  } catch (error) {
    throw new MailboxUnread(error instanceof ConsentFailed ? Object.assign(error, { code: `consent-${error.code}` }) : error)
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

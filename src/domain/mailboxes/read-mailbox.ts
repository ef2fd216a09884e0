import { asSystemOnce, readAsSystem } from "#platform/database.ts"
import type { ServerAnswer } from "#platform/mail-server.ts"
import { imapOf, type SignInBy } from "#policy/mailbox-presets.ts"
import { isOwnMachine } from "#policy/mailbox-server.ts"
import { explainAnswer, type SmtpTrouble } from "#policy/smtp-answers.ts"
import { findMailbox, noteReading, takeReadings, type MailboxRow } from "./mailbox-repository.ts"
import { openServer } from "./mailbox-secret.ts"
import type { MailboxToRead } from "./mailbox-views.ts"

const minute = 60_000
/** How long until a mailbox is read again; longer after what went wrong, because providers lock who tries often. */
const every = { well: 10 * minute, failed: 60 * minute } as const
const mostAtOnce = 50

/** The own mailboxes whose turn it is to be read for mails that came back, fifty at most; no other worker is given the same. One that nobody can sign in to shows why, and is left out. */
export async function mailboxesToRead(now: Date): Promise<MailboxToRead[]> {
  const partyIds = await takeReadings(readAsSystem("mailbox"), { now, next: new Date(now.getTime() + every.well), most: mostAtOnce })
  return (await Promise.all(partyIds.map((partyId) => open(partyId, now)))).flatMap((box) => box ?? [])
}

/** Writes down how far a mailbox was looked through, or why it could not be read: shown to its owners, and tried again within the hour. It has nothing to do with sending. */
export async function noteMailboxRead(box: MailboxToRead, outcome: { seen: string } | { answer: ServerAnswer }, now: Date): Promise<void> {
  const tx = asSystemOnce("mailbox")
  if ("seen" in outcome) return noteReading(tx, box, { imapSeen: outcome.seen, readAt: now, readFailure: null })
  return noteUnread(box, explainAnswer(outcome.answer, { byToken: "token" in box.secret }), now)
}

async function open(partyId: string, now: Date): Promise<MailboxToRead | null> {
  const box = await findMailbox(asSystemOnce("mailbox"), partyId)
  if (!box?.imapHost || !box.imapPort) return null
  const server = takesSecret(box, box.imapHost) ? await openServer(box, now) : "reconnect"
  if (typeof server !== "string") return { partyId, version: box.version, host: box.imapHost, port: box.imapPort, user: server.user, secret: server.secret, seen: box.imapSeen }
  await noteUnread(box, server, now)
  return null
}

/** A token goes to no other server than that of who gave it. */
function takesSecret({ signInBy, host }: { signInBy: SignInBy; host: string }, imapHost: string): boolean {
  return signInBy === "password" || imapOf(host) === imapHost || isOwnMachine(imapHost)
}

async function noteUnread(box: Pick<MailboxRow, "partyId" | "version">, trouble: SmtpTrouble, now: Date): Promise<void> {
  await noteReading(asSystemOnce("mailbox"), box, { readFailure: trouble, readingAt: new Date(now.getTime() + every.failed) })
}

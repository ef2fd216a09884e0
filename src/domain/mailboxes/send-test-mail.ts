import { asSystem, asViewer } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import type { MailServer } from "#platform/mail-server.ts"
import { tryServer } from "#platform/mailer.ts"
import { turns, TooBusy } from "#platform/turns.ts"
import { NotFound, TooMany } from "#policy/errors.ts"
import type { SmtpTrouble } from "#policy/smtp-answers.ts"
import type { Viewer } from "#policy/viewer.ts"
import { ownAddress } from "../accounts/own-address.ts"
import { assertMayTry, noteFailure } from "../attempts/limit-tries.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { note } from "./change-mailbox.ts"
import { findMailbox, holdMailbox, holdParty, updateMailbox, type MailboxRow } from "./mailbox-repository.ts"
import { openServer } from "./mailbox-secret.ts"
import { troubleOf } from "./mailbox-trouble.ts"
import type { TestView } from "./mailbox-views.ts"
import { hastenWaiting } from "./send-waiting.ts"

/** A few at a time in one process: each may take 25 seconds. */
const inTurn = turns({ places: 4, waiting: 8 })
/** Some freely, then ever slower: a provider locks who tries a wrong password often. */
const limit = { free: 6, longest: 15 * 60_000 }

/**
 * Sends a mail through the viewer's own mailbox, on or off, to the address of who asks (an account without one: to the mailbox itself), and tells step by step
 * how that went. One that arrived proves the mailbox, and what waits for it goes. TooMany when it is asked often; NotFound without a mailbox; owners only.
 */
export async function sendTestMail(viewer: Viewer, words: { subject: string; text: string }, now: Date): Promise<TestView> {
  assertOwner(viewer)
  const box = await asViewer(viewer, (tx) => findMailbox(tx, viewer.partyId))
  if (!box) throw new NotFound()
  const tried = [{ about: "test-mail", of: viewer.partyId, limit }]
  await asSystem("mailbox", async (tx) => {
    await holdParty(tx, viewer.partyId)
    await assertMayTry(tried, "test-mail-often", now, tx)
    await noteFailure(tx, tried, now)
  })
  const server = await openServer(box, now)
  const to = (await ownAddress(viewer)) ?? box.address
  const outcome = typeof server === "string" ? { steps: [], trouble: server, said: null } : await trial(box, server, { ...words, to })
  await asSystem("mailbox", async (tx) => {
    const current = await holdMailbox(tx, viewer.partyId)
    if (current?.version === box.version) await updateMailbox(tx, viewer.partyId, outcome.trouble ? { lastFailedAt: now, lastFailure: outcome.trouble } : { ...works, provenAt: now, lastSentAt: now })
    if (current?.isOn && current.version === box.version && !outcome.trouble) await hastenWaiting(tx, current)
    await note(tx, viewer, "mailbox.tested", { outcome: outcome.trouble ?? "delivered" })
  })
  return outcome
}

const works = { failures: 0, failingSince: null, retryAt: null, toldAt: null }

async function trial(box: MailboxRow, server: MailServer, { to, ...words }: { to: string; subject: string; text: string }): Promise<TestView> {
  const messageId = `${newId()}@${new URL(env().PUBLIC_URL).hostname}`
  const { steps, failed } = await inTurn(() => tryServer({ messageId, to: { address: to }, ...words }, server)).catch((error: unknown) => {
    if (error instanceof TooBusy) throw new TooMany("test-mail-often", { seconds: 30, minutes: 1 })
    throw error
  })
  const trouble: SmtpTrouble | null = failed ? troubleOf(failed, box) : null
  return { steps: steps.map(({ step, detail }) => ({ step, detail: detail === null ? null : readable(detail, server) })), trouble, said: failed ? readable(failed.answer().text, server) || null : null }
}

/** The server's own words on one line, and never what one signs in with, should it repeat that. */
function readable(text: string, { user, secret }: MailServer): string {
  const hidden = "token" in secret ? secret.token : secret.password
  const forms = [hidden, Buffer.from(hidden).toString("base64"), Buffer.from(`\0${user}\0${hidden}`).toString("base64")]
  const bare = forms.reduce((left, form) => left.replaceAll(form, "…"), text)
  return bare.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim().slice(0, 300)
}

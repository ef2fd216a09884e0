import { saveMailbox, switchMailbox, type SaveMailboxInput } from "#domain/mailboxes/change-mailbox.ts"
import { sendTestMail } from "#domain/mailboxes/send-test-mail.ts"
import { queueMails } from "#domain/mails/queue-mails.ts"
import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"

export const password = "goed wachtwoord"
export const words = { subject: "Testmail", text: "Leest u dit?" }

/** A mailbox on this machine, as its owner fills it in. */
export function boxInput(port: number, changed: Partial<SaveMailboxInput> = {}): SaveMailboxInput {
  const server = { provider: "other", host: "localhost", port, security: "tls", username: "", signInBy: "password", password } as const
  return { address: "loon@delinde.test", name: "Kantoor De Linde", ...server, copyAs: "none", copyTo: "", perMinute: 600, perDay: 1000, readsBounces: false, imapHost: "", imapPort: 993, ...changed }
}

/** Sets one up, proves it, and switches it on. */
export async function makeMailbox(owner: Viewer, port: number, changed: Partial<SaveMailboxInput> = {}, now = new Date()): Promise<void> {
  await saveMailbox(owner, boxInput(port, changed), now)
  const { trouble } = await sendTestMail(owner, words, now)
  if (trouble) throw new Error(`The test mail failed: ${trouble}`)
  await switchMailbox(owner, { on: true }, now)
}

/** Nobody has a mailbox any more, no limit counts what was asked, and no address is dead. */
export function forgetMailboxes(): Promise<void> {
  return asSystem("operate", async (tx) => {
    await tx.mailbox.deleteMany()
    await tx.attempt.deleteMany()
    await tx.$executeRaw`update dead_address set revived_at = current_timestamp where revived_at is null`
  })
}

/** The code with which something was refused, or the name of the error; "done" where it was not. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => "done", (error: Error) => ("code" in error ? String(error.code) : error.constructor.name))
}

/** Queues one mail about a party's files for an account, and returns its id. */
export async function queueOne(viewer: Viewer, partyId: string | null, token?: string): Promise<string> {
  const before = await idsOf(viewer)
  await asSystem("operate", (tx) => queueMails(tx, [{ kind: "reminder", accountId: viewer.accountId, toAddress: "noor@bakkerij.test", partyId, ...(token ? { token } : {}) }], new Date()))
  return (await idsOf(viewer)).find((id) => !before.includes(id)) ?? ""
}

/** How a mail stands. */
export function stateOf(mailId: string) {
  return asSystem("operate", (tx) => tx.mail.findUniqueOrThrow({ where: { id: mailId }, select: { state: true, failure: true, attempts: true } }))
}

/** The jobs that wait for a mail beside the first: when, and for whose turn. */
export function laterJobs(mailId: string): Promise<{ at: Date; turn: string | null }[]> {
  return asSystem("operate", (tx) => tx.$queryRaw<{ at: Date; turn: string | null }[]>`
    select start_after as at, data->>'turn' as turn from pgboss.job where name = 'send-mail' and data->>'mailId' = ${mailId} and start_after > created_on + interval '1 second' order by start_after`)
}

async function idsOf({ accountId }: Viewer): Promise<string[]> {
  return (await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId }, select: { id: true } }))).map(({ id }) => id)
}

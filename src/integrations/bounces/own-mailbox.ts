import type { MailboxToRead } from "#domain/mailboxes/mailbox-views.ts"
import { env } from "#platform/env.ts"
import type { ServerAnswer } from "#platform/mail-server.ts"
import { AddressRefused, publicAddressesOf } from "#platform/public-address.ts"
import { openImap } from "./open-imap.ts"

/** Of a report no more is fetched: it stands before the mail that it is about. */
const mostBytes = 262_144
/** So many mails are looked at in one turn, by their Content-Type alone. */
const mostAtOnce = 2000
/** So many reports are read in one turn. */
const mostReports = 200

/**
 * Looks at what came to somebody's mailbox since the last time and hands over each delivery status notification (RFC 3464). Opened to read only: nothing is marked, moved
 * or deleted, and of any other mail only the Content-Type is asked. What stood there before the first time is not looked at. Returns up to where it looked, or what
 * was answered. The host is looked up once, as for sending; TLS with a certificate for its name.
 */
export async function readReports({ host, port, user, secret, seen }: MailboxToRead, take: (raw: Uint8Array) => Promise<unknown>): Promise<{ seen: string } | { answer: ServerAnswer }> {
  const addresses = await publicAddressesOf(host, { loopback: env().OUTGOING_LOOPBACK }).catch((error: unknown) => {
    if (error instanceof AddressRefused) return error.code
    throw error
  })
  if (typeof addresses === "string") return { answer: brokenBy(addresses) }
  const auth = "token" in secret ? { user, accessToken: secret.token } : { user, pass: secret.password }
  const address = (addresses.find(({ family }) => family === 4) ?? addresses[0])?.address ?? host
  const client = openImap({ host: address, servername: host, port, secure: true, auth, tls: { minVersion: "TLSv1.2", rejectUnauthorized: true } })
  const found: Uint8Array[] = []
  let upTo: string
  try {
    await client.connect()
    const lock = await client.getMailboxLock("INBOX", { readOnly: true })
    const { uidValidity, uidNext } = client.mailbox || { uidValidity: 0n, uidNext: 1 }
    const [validity, before = ""] = (seen ?? "").split(":")
    const from = validity === `${uidValidity}` ? Number(before) + 1 : uidNext
    const last = Math.min(uidNext - 1, from + mostAtOnce - 1)
    const reports = last < from ? [] : await reportsIn(client, from, last)
    const to = reports.length > mostReports ? (reports[mostReports - 1] ?? last) : last
    for (const uid of reports.slice(0, mostReports)) {
      const mail = await client.fetchOne(`${uid}`, { source: { start: 0, maxLength: mostBytes } }, { uid: true })
      if (mail && mail.source) found.push(mail.source)
    }
    upTo = `${uidValidity}:${Math.max(to, from - 1)}`
    lock.release()
  } catch (error) {
    return { answer: answerIn(error) }
  } finally {
    await client.logout().catch(() => client.close())
  }
  for (const raw of found) await take(raw)
  return { seen: upTo }
}

async function reportsIn(client: ReturnType<typeof openImap>, from: number, to: number): Promise<number[]> {
  const uids: number[] = []
  for await (const { uid, headers } of client.fetch(`${from}:${to}`, { uid: true, headers: ["content-type"] }, { uid: true })) {
    if (/multipart\/report[^]*delivery-status/i.test(headers?.toString("latin1") ?? "")) uids.push(uid)
  }
  return uids.toSorted((one, other) => one - other)
}

function answerIn(error: unknown): ServerAnswer {
  const said = (name: string): unknown => (error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined)
  const text = (name: string) => (typeof said(name) === "string" ? String(said(name)) : "")
  if (said("authenticationFailed") === true) return { during: "sign-in", status: 535, text: text("responseText"), cause: null }
  return brokenBy(text("code"))
}

function brokenBy(cause: string): ServerAnswer {
  return { during: "connect", status: null, text: "", cause: cause || null }
}

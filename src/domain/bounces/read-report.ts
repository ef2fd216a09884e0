import { readMail, type IncomingMail } from "#platform/mail-reading.ts"
import { mailOfReturnPath } from "./return-path.ts"

/** What became of a mail for one receiver: the addresses by which that receiver is named, and the status of RFC 3463 where there is one. */
export type ReportedReceiver = { addresses: string[]; action: string; status: string | null }

/** A mail that came to a return path of ours. `receivers` is null for a report that follows no standard: it says that a mail came back, and no more. */
export type Report = { mailIds: string[]; receivers: ReportedReceiver[] | null }

const places = new Set(["to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "apparently-to"])
const addresses = /[^\s<>,;:"()]{1,80}@[a-z0-9.-]{1,255}/gi
/** The longest that is looked at: the report stands before the mail that it is about. */
const longest = 262_144

/**
 * What a mail says of one of ours that came back (RFC 3464), or null when it is something else: no return path of ours that we made, a person's answer, or an
 * automatic one (RFC 3834). Of a stranger's mail only what is named here is read.
 */
export async function readReport(raw: Uint8Array): Promise<Report | null> {
  const mail = await readMail(raw.subarray(0, longest))
  const named = mail.fields.filter(({ name }) => places.has(name)).flatMap(({ value }) => value.match(addresses) ?? [])
  const mailIds = [...new Set(named.flatMap((address) => mailOfReturnPath(address) ?? []))]
  if (mailIds.length === 0) return null
  if (mail.contentType.startsWith("multipart/report")) {
    const status = statusPart(mail)
    if (status) return { mailIds, receivers: receiversOf(status) }
    if (!/report-type\s*=\s*"?delivery-status/.test(mail.contentType)) return null
  }
  return isFromMailSystem(mail) ? { mailIds, receivers: null } : null
}

/** As some providers rewrite it: what it was then stands beside it. */
const messageId = /^(?:x-(?:google|microsoft)-original-)?message-id:\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([a-z0-9.-]{1,253})>/gim

/**
 * What a delivery status notification (RFC 3464) in somebody's own mailbox says of mails of ours, which it names by the Message-ID in the headers that it returns;
 * null for any other mail. `host` is what stands behind the @ of our Message-IDs.
 */
export async function readReturned(raw: Uint8Array, host: string): Promise<Report | null> {
  const head = raw.subarray(0, longest)
  const mail = await readMail(head)
  const status = mail.contentType.startsWith("multipart/report") ? statusPart(mail) : null
  if (!status) return null
  const found = Buffer.from(head).toString("latin1").matchAll(messageId)
  const mailIds = [...new Set([...found].flatMap(([, id = "", at = ""]) => (at.toLowerCase() === host ? [id.toLowerCase()] : [])))]
  return mailIds.length > 0 ? { mailIds, receivers: receiversOf(status) } : null
}

function statusPart({ parts }: IncomingMail): string | null {
  const status = parts.find(({ contentType }) => contentType === "message/delivery-status" || contentType === "message/global-delivery-status")
  return status ? Buffer.from(status.bytes).toString("utf8") : null
}

/** Each group of fields after the first (which is about the server) is one receiver. */
function receiversOf(text: string): ReportedReceiver[] {
  const groups = text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n+/).slice(0, 102)
  return groups.flatMap((group) => {
    const fields = new Map<string, string>()
    for (const line of group.replace(/\n[ \t]+/g, " ").split("\n")) {
      const [, name = "", value = ""] = /^([A-Za-z-]{1,60})[ \t]*:(.{0,2000})/.exec(line) ?? []
      if (name !== "" && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
    }
    const action = fields.get("action")
    if (action === undefined) return []
    const found = ["final-recipient", "original-recipient"].flatMap((name) => fields.get(name)?.replace(/^[^;]*;/, "").trim().replace(/^<|>$/g, "").toLowerCase() ?? [])
    return [{ addresses: found, action: action.toLowerCase().split(/[ \t(]/)[0] ?? "", status: statusOf(fields) }]
  })
}

/** "5.0.0" says nothing: then what the other server said may say more. */
function statusOf(fields: ReadonlyMap<string, string>): string | null {
  const [status = null] = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "") ?? []
  const [, said = null] = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get("diagnostic-code") ?? "") ?? []
  return said !== null && (status === null || /^[45]\.0\.0$/.test(status)) && (status === null || said[0] === status[0]) ? said : status
}

/** Older servers tell in a plain letter that a mail came back; so does whoever is on holiday, but not in the name of the mail system. */
function isFromMailSystem({ fields }: IncomingMail): boolean {
  const of = (name: string) => fields.find((field) => field.name === name)?.value ?? ""
  return of("x-failed-recipients") !== "" || /(^|[\s"<])(mailer-daemon|postmaster|mail-daemon|mailerdaemon)@/i.test(of("from")) || /^\s*(mailer-daemon|mail delivery (sub)?system)\b/i.test(of("from"))
}

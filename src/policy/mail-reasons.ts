/** Why a mail did not arrive, as people are told it. Keys under "mails list" (mailList.reasons) in the catalogue. */
export const MAIL_REASONS = ["no-such-address", "no-such-domain", "mailbox-full", "keeps-failing", "refused", "too-large", "unknown", "address-dead", "address-unusable", "given-up", "not-wanted", "not-lockable", "server"] as const

export type MailReason = (typeof MAIL_REASONS)[number]

/** "hard": no mail will ever arrive there. "soft": this one did not, another may. */
export type Bounce = { weight: "hard" | "soft"; reason: MailReason }

/**
 * What a status of RFC 3463 says of an address. 4.x.x is never about it for good. Of 5.x.x the classes "undefined" and "addressing" are, a mailbox that was
 * closed, and a domain that cannot be found; not: the sender's own address (1.7, 1.8), a full mailbox or a mail too long for it (2.2, 2.3), the system,
 * network and protocol in between, the content, and policy (7.x). What is no status at all, as of a report that follows no standard, is soft.
 */
export function bounceOf(status: string | null): Bounce {
  const [, kind, subject = "", detail = ""] = /^([45])\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? "") ?? []
  const code = `${subject}.${detail}`
  const reason = reasonOfCode(subject, code)
  return { weight: kind === "5" && isAboutAddress(subject, code) ? "hard" : "soft", reason: kind === undefined ? "unknown" : reason }
}

/** The reason that the failure in a mail's row stands for; null when it did not fail. */
export function reasonOfFailure(failure: string | null): MailReason | null {
  if (failure === null) return null
  const code = failure.replace(/^bounced /, "")
  const known = MAIL_REASONS.find((reason) => reason === code)
  if (known) return known
  const [, status] = / (\d\.\d{1,3}\.\d{1,3})$/.exec(failure) ?? []
  return status ? bounceOf(status).reason : "server"
}

function isAboutAddress(subject: string, code: string): boolean {
  if (subject === "0") return true
  if (subject === "1") return code !== "1.7" && code !== "1.8"
  return ["2.0", "2.1", "4.4"].includes(code)
}

function reasonOfCode(subject: string, code: string): MailReason {
  if (code === "1.2" || code === "1.10" || code === "4.4") return "no-such-domain"
  if (code === "2.2") return "mailbox-full"
  if (code === "2.3" || code === "3.4") return "too-large"
  if (code === "1.7" || code === "1.8" || subject === "7") return "refused"
  if (subject === "0" || subject === "1" || subject === "2") return "no-such-address"
  return "unknown"
}

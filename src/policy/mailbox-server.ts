/** A mail server to hand mails to. Never without TLS: "tls" from the first byte, or "starttls", which is required then. */
export type MailboxServer = { host: string; port: number; security: MailSecurity }

export const MAIL_SECURITIES = ["tls", "starttls"] as const
export type MailSecurity = (typeof MAIL_SECURITIES)[number]

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** A host written one way, without spaces and capitals; null for what is no name on the internet. An address in numbers is none, because no certificate is made out to one. With `loopback` (tests) "localhost" is. */
export function mailHost(text: string, { loopback }: { loopback: boolean }): string | null {
  const host = text.trim().toLowerCase()
  if (isOwnMachine(host)) return loopback ? host : null
  const labels = host.split(".")
  const isName = host.length <= 253 && labels.length >= 2 && labels.every((one) => label.test(one)) && /[a-z]/.test(labels.at(-1) ?? "")
  return isName ? host : null
}

/** Why a port cannot be used, as a stable code; null when it can. With `loopback` (tests) the own machine has every port that needs no rights. */
export function portTrouble({ host, port }: Pick<MailboxServer, "host" | "port">, { loopback }: { loopback: boolean }): "mailbox-port-25" | "mailbox-port" | null {
  if (port === 465 || port === 587) return null
  if (loopback && isOwnMachine(host) && port >= 1024 && port <= 65_535) return null
  return port === 25 ? "mailbox-port-25" : "mailbox-port"
}

/** Why a port cannot be used to read a mailbox (IMAP with TLS from the first byte, RFC 8314), as a stable code; null when it can. `loopback` as in portTrouble. */
export function imapPortTrouble({ host, port }: Pick<MailboxServer, "host" | "port">, { loopback }: { loopback: boolean }): "mailbox-imap-port" | null {
  return port === 993 || (loopback && isOwnMachine(host) && port >= 1024 && port <= 65_535) ? null : "mailbox-imap-port"
}

/** The name beside a sender's address, without spaces around; null for one that shows another address in its place, holds what nobody sees, is empty, or is over 100 characters. */
export function senderName(text: string): string | null {
  const name = text.trim()
  return /^[^@<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,100}$/u.test(name.normalize("NFKC")) ? name : null
}

/** True for the name of the machine itself. */
export function isOwnMachine(host: string): boolean {
  return host === "localhost"
}

import type { MailboxServer } from "./mailbox-server.ts"

/** `domains`: of whose addresses it is the provider. `imap`: where mail comes in, on port 993. `username`: the whole address, or what stands before the @. `signInBy`: with what it lets somebody in. */
type Preset = { name: string; domains: readonly string[]; server: MailboxServer; imap: string; username: "address" | "local-part"; signInBy: readonly SignInBy[] }

export const SIGN_IN_BY = ["password", "microsoft", "google"] as const
export type SignInBy = (typeof SIGN_IN_BY)[number]

const tls = (host: string) => ({ host, port: 465, security: "tls" }) as const
const starttls = (host: string) => ({ host, port: 587, security: "starttls" }) as const

/** The mailboxes that Dutch offices use (Thunderbird's ISPDB, March 2026, and the providers' own pages). ZeelandNet and DELTA often refuse data centres. */
export const mailboxPresets = {
  gmail: { name: "Gmail", domains: ["gmail.com", "googlemail.com"], server: tls("smtp.gmail.com"), imap: "imap.gmail.com", username: "address", signInBy: ["password", "google"] },
  workspace: { name: "Google Workspace", domains: [], server: tls("smtp.gmail.com"), imap: "imap.gmail.com", username: "address", signInBy: ["password", "google"] },
  microsoft365: { name: "Microsoft 365", domains: [], server: starttls("smtp.office365.com"), imap: "outlook.office365.com", username: "address", signInBy: ["password", "microsoft"] },
  outlook: { name: "Outlook.com, Hotmail", domains: ["outlook.com", "outlook.nl", "hotmail.com", "hotmail.nl", "live.com", "live.nl", "msn.com"], server: starttls("smtp-mail.outlook.com"), imap: "outlook.office365.com", username: "address", signInBy: ["microsoft"] },
  ziggo: { name: "Ziggo", domains: ["ziggo.nl", "ziggomail.com", "home.nl", "casema.nl", "upcmail.nl", "chello.nl", "quicknet.nl", "multiweb.nl"], server: starttls("smtp.ziggo.nl"), imap: "imap.ziggo.nl", username: "address", signInBy: ["password"] },
  kpn: { name: "KPN", domains: ["kpnmail.nl", "kpnplanet.nl", "planet.nl", "hetnet.nl", "wxs.nl", "telfort.nl", "tiscali.nl"], server: tls("smtp.kpnmail.nl"), imap: "imap.kpnmail.nl", username: "address", signInBy: ["password"] },
  xs4all: { name: "XS4ALL", domains: ["xs4all.nl"], server: tls("smtp.kpnmail.nl"), imap: "imap.kpnmail.nl", username: "address", signInBy: ["password"] },
  zeelandnet: { name: "ZeelandNet, DELTA", domains: ["zeelandnet.nl", "delta.nl"], server: tls("mail.zeelandnet.nl"), imap: "mail.zeelandnet.nl", username: "local-part", signInBy: ["password"] },
  transip: { name: "TransIP", domains: [], server: tls("smtp.transip.email"), imap: "imap.transip.email", username: "address", signInBy: ["password"] },
  strato: { name: "Strato", domains: [], server: tls("smtp.strato.com"), imap: "imap.strato.com", username: "address", signInBy: ["password"] },
  hostnet: { name: "Hostnet", domains: [], server: starttls("smtp.hostnet.nl"), imap: "imap.hostnet.nl", username: "address", signInBy: ["password"] },
  one: { name: "one.com", domains: ["one.com"], server: tls("send.one.com"), imap: "imap.one.com", username: "address", signInBy: ["password"] },
} as const satisfies Record<string, Preset>

export type PresetKey = keyof typeof mailboxPresets

/** True for the name of a preset. */
export function isPresetKey(text: string): text is PresetKey {
  return Object.hasOwn(mailboxPresets, text)
}

/** The presets in the order of the table. */
export const presetKeys = Object.keys(mailboxPresets).filter(isPresetKey)

/** The provider of an address, by its domain; null when it could be any. */
export function presetFor(address: string): PresetKey | null {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase()
  return presetKeys.find((key) => isOneOf(domain, mailboxPresets[key].domains)) ?? null
}

/** The preset whose server this is: what a mailbox was filled in from. */
export function presetOf(host: string): PresetKey | null {
  return presetKeys.find((key) => mailboxPresets[key].server.host === host) ?? null
}

/** Whether a token of Microsoft or Google may be shown to this server: to theirs alone. */
export function takesTokens(signInBy: SignInBy, host: string): boolean {
  return presetKeys.some((key) => mailboxPresets[key].server.host === host && isOneOf(signInBy, mailboxPresets[key].signInBy))
}

/** Where mail comes in at the provider of this SMTP server; null for another provider. */
export function imapOf(host: string): string | null {
  const preset = presetOf(host)
  return preset && mailboxPresets[preset].imap
}

/** What one signs in with: the address, or at some providers what stands before the @. */
export function usernameFor(address: string, key: PresetKey | null): string {
  return key && mailboxPresets[key].username === "local-part" ? address.slice(0, address.lastIndexOf("@")) : address
}

function isOneOf(text: string, list: readonly string[]): boolean {
  return list.includes(text)
}

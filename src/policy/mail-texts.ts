import { Invalid } from "./errors.ts"
import type { PartyKind } from "./viewer.ts"

/** The mails whose words can be changed. Those about the account itself are the portal's alone. */
export const TEXT_KINDS = [
  "new-files",
  "reminder",
  "file-replaced",
  "file-withdrawn",
  "payslip-by-mail",
  "welcome-employee",
  "welcome-employer",
  "welcome-staff",
  "approval-asked",
  "approval-reminder",
  "approval-note",
  "approval-refused",
  "approval-approved",
] as const

export type TextKind = (typeof TEXT_KINDS)[number]

/** What can be changed of a mail: its subject, and what stands before and after the button. Greeting, button, where it leads and closing cannot. */
export type MailWords = { subject: string; before: string; after: string }

export const TEXT_FIELDS = ["subject", "before", "after"] as const satisfies readonly (keyof MailWords)[]

/** How long each may be, in characters. */
export const textLimits = { subject: 100, before: 2000, after: 1000 } as const satisfies Record<keyof MailWords, number>

/** What can be filled in. */
export type Placeholder = "naam-werkgever" | "naam-kantoor" | "naam-organisatie" | "gebruikersnaam" | "adres-portaal"

type TextRule = {
  /** Whose words these can be beside the operator's. What an office is mailed about a client is never in that client's words. */
  by: readonly Exclude<PartyKind, "employee">[]
  body: readonly Placeholder[]
  /** Never what tells of a person: a subject is read by whoever looks over a shoulder. */
  subject: readonly Placeholder[]
}

const both = ["office", "employer"] as const
const names = ["naam-werkgever", "naam-kantoor"] as const
const aboutFiles = { by: both, body: [...names, "adres-portaal"], subject: names } as const
const welcome = { by: both, body: [...names, "gebruikersnaam", "adres-portaal"], subject: names } as const
const aboutClients = { ...aboutFiles, by: ["office"] } as const

/** For each mail whose words it can have, and what can be filled in. */
export const textRules = {
  "new-files": aboutFiles,
  reminder: aboutFiles,
  "file-replaced": aboutFiles,
  "file-withdrawn": aboutFiles,
  "payslip-by-mail": aboutFiles,
  "welcome-employee": welcome,
  "welcome-employer": { ...welcome, by: ["office"] },
  "welcome-staff": { by: both, body: ["naam-organisatie", "gebruikersnaam", "adres-portaal"], subject: ["naam-organisatie"] },
  "approval-asked": aboutClients,
  "approval-reminder": aboutClients,
  "approval-note": aboutClients,
  "approval-refused": aboutClients,
  "approval-approved": aboutClients,
} as const satisfies Record<TextKind, TextRule>

/** The mails whose words a party can change. */
export function textKindsOf(kind: PartyKind): TextKind[] {
  return TEXT_KINDS.filter((one) => textRules[one].by.some((who) => who === kind))
}

/** True for the name of such a mail, as it stands in a row or an address. */
export function isTextKind(text: string): text is TextKind {
  return TEXT_KINDS.some((kind) => kind === text)
}

/** Control characters, and those that nobody sees or that turn the direction of what follows. */
const odd = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
/** The ends of names on the internet that mail programs know without a path behind them. */
const ends = "nl|com|net|org|eu|be|de|uk|fr|es|it|pl|ch|at|us|ru|cn|co|io|me|cc|tv|tk|ml|ga|cf|gq|pw|ly|app|dev|info|biz|online|site|website|space|shop|store|xyz|top|link|click|live|page|cloud|tech|vip|work|zip|email|support|help|login|club|pro|icu|amsterdam|frl"
/** An address that a mail program makes a link of. The one link in a mail is the portal's button, so that nobody learns to click another. */
const webAddress = new RegExp(`[a-z][a-z0-9+.-]*:\\/\\/|\\bmailto:|\\bwww\\.|[\\p{L}\\p{N}-]\\.[a-z]{2,}(?:\\/|[?#]\\S|:\\d)|(?<![@\\p{L}\\p{N}.-])(?:[\\p{L}\\p{N}-]+\\.)+(?:${ends})(?![\\p{L}\\p{N}.-]*@)(?![\\p{L}\\p{N}-])`, "iu")
/** The portal's own address with something grown onto it, that makes it another's. */
const grownAddress = /[^\s("'“‘«:]\{adres-portaal\}|\{adres-portaal\}(?![.,;:!?)"'”’»]*(?:\s|$))/u

/** Whether words hold an address, or would when something is filled in: the dots of other scripts are dots, and a placeholder is a word. */
function holdsAddress(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll("\u3002", ".")
  return grownAddress.test(plain) || webAddress.test(plain.replace(/\{[a-z-]+\}/g, "nl"))
}

/**
 * The words as they are kept: line ends as one character, no space around. Invalid, with the field, for what is empty or too long, an unknown placeholder (with
 * what was written) or one that does not belong in a subject, a line end in a subject, odd characters, and a web address.
 */
export function keptWords(kind: TextKind, given: MailWords): MailWords {
  const rule: TextRule = textRules[kind]
  const tidied = { subject: tidy(given.subject), before: tidy(given.before), after: tidy(given.after) }
  for (const field of TEXT_FIELDS) {
    const text = tidied[field]
    if (field !== "after" && text === "") throw new Invalid("field-empty", { field })
    if ([...text].length > textLimits[field]) throw new Invalid("mail-text-long", { field, most: textLimits[field] })
    if (odd.test(field === "subject" ? text : text.replaceAll("\n", ""))) throw new Invalid(field === "subject" ? "mail-subject-line" : "mail-text-odd", { field })
    assertPlaceholders(field, text, field === "subject" ? rule.subject : rule.body, rule.body)
    if (holdsAddress(text)) throw new Invalid("mail-text-address", { field })
  }
  return tidied
}

function tidy(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim()
}

function assertPlaceholders(field: string, text: string, allowed: readonly string[], inBody: readonly string[]): void {
  for (const [written, name] of text.matchAll(/\{([^{}]*)\}?|\}/g)) {
    if (name !== undefined && written.endsWith("}") && allowed.includes(name)) continue
    const code = name !== undefined && inBody.includes(name) && written.endsWith("}") ? "mail-subject-placeholder" : "mail-text-placeholder"
    throw new Invalid(code, { field, name: written.slice(0, 40) })
  }
}

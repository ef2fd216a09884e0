import type nl from "#messages/nl.json"
import { catalogueWords } from "#messages/mail-texts.ts"
import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

type TextKind = keyof (typeof nl)["mails"]["texts"]

/** What a mail is made of whose words can be changed. `words` null: as the catalogue has them. */
export type Written = {
  kind: TextKind
  locale: MailLocale
  words: { subject: string; before: string; after: string } | null
  employer: string | null
  office: string | null
  username: string
  url: string
  /** Of a welcome: opens nothing, but tells where the invitation stands. */
  token?: string | null
  /** To see what it looks like: says so in its subject. */
  isTrial?: boolean
}

type Parts = { between: string[]; button: { label: string; url: string }; behind: string[] }

/**
 * Sets a mail in the words of who sends it. Greeting, button, where that leads, closing, and what somebody needs to get in are the portal's. What is filled in is not
 * looked at again, so that a name with braces in it stays a name. The token stands behind a #, so that it reaches no log of a proxy or server.
 */
export function written(mail: Written): SetLetter {
  const t = wordsFor(mail.locale)
  const words = mail.words ?? catalogueWords(mail.kind, mail.locale)
  const values = valuesOf(mail)
  const fill = (text: string) => filled(text, { ...values, ...unlinked(values) })
  const { between, button, behind } = parts[mail.kind](mail)
  const subject = filled(words.subject, values)
  return setLetter({
    subject: mail.isTrial ? t("parts.trial", { subject }) : subject,
    greeting: t("greeting"),
    before: [...paragraphs(fill(words.before)), ...between],
    button,
    after: [...behind, ...paragraphs(fill(words.after))],
    closing: closingFor(mail.locale),
  })
}

const parts = {
  "new-files": muted,
  reminder: muted,
  "file-replaced": muted,
  "file-withdrawn": open,
  "payslip-by-mail": attached,
  "welcome-employee": invitation,
  "welcome-employer": invitation,
  "welcome-staff": (mail) => ({ ...invitation({ ...mail, token: null }), behind: [] }),
  "approval-asked": open,
  "approval-reminder": open,
  "approval-note": open,
  "approval-refused": open,
  "approval-approved": open,
} as const satisfies Record<TextKind, (mail: Written) => Parts>

function open({ locale, url }: Written): Parts {
  return { between: [], button: { label: wordsFor(locale)("parts.open"), url: `${url}/aanmelden` }, behind: [] }
}

function muted(mail: Written): Parts {
  return { ...open(mail), behind: [wordsFor(mail.locale)("parts.muting")] }
}

/** What opens the attachment is in no mail. */
function attached(mail: Written): Parts {
  return { ...open(mail), between: [wordsFor(mail.locale)("parts.attached")] }
}

/** Never a password. The page it leads to mails the link to choose one. */
function invitation({ locale, url, username, token = null }: Written): Parts {
  const t = wordsFor(locale)
  return {
    between: [t("username", { username })],
    button: { label: t("parts.ask"), url: token === null ? `${url}/wachtwoord` : `${url}/welkom#${token}` },
    behind: [...(token === null ? [] : [t("parts.valid")]), t("parts.address", { url })],
  }
}

/** An office without a client speaks of itself, and so does an employer without an office. */
function valuesOf({ employer, office, username, url }: Written) {
  return {
    "naam-werkgever": onOneLine(employer ?? office ?? ""),
    "naam-kantoor": onOneLine(office ?? employer ?? ""),
    "naam-organisatie": onOneLine(employer ?? office ?? ""),
    gebruikersnaam: onOneLine(username),
    "adres-portaal": url,
  } as const
}

/** A word joiner: nobody sees it, and no line breaks there. */
const joiner = "\u2060"

/** What organisations are called, so that a mail program makes no link of it: whoever chose the name chose where that leads. It reads the same. */
function unlinked(values: ReturnType<typeof valuesOf>): Record<`naam-${"werkgever" | "kantoor" | "organisatie"}`, string> {
  const broken = (name: string) => name.replace(/[.\u3002\uff0e\uff61](?=[\p{L}\p{N}-]{2})|(?<=\bwww)\.|:(?=\/\/)|(?<=\bmailto):/giu, `$&${joiner}`)
  return { "naam-werkgever": broken(values["naam-werkgever"]), "naam-kantoor": broken(values["naam-kantoor"]), "naam-organisatie": broken(values["naam-organisatie"]) }
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole)
}

function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/).filter((one) => one !== "")
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim()
}

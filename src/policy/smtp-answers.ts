/** How far a mail came, and what was answered there. `status` and `text` are the server's; `cause` is the code of what broke when there was no answer. */
export type SmtpAnswer = { during: "connect" | "secure" | "sign-in" | "sender" | "recipient" | "content"; status: number | null; text: string; cause: string | null }

/**
 * What can be wrong, each with a sentence and a next step under "mailbox.troubles" in the catalogue. "mailbox": every mail through it would meet this, so it waits
 * until the mailbox works; "mail": about this mail or its receiver alone.
 */
export const smtpTroubles = {
  "no-such-host": "mailbox",
  "not-public": "mailbox",
  "no-connection": "mailbox",
  "no-answer": "mailbox",
  "no-tls": "mailbox",
  "wrong-security": "mailbox",
  "certificate-name": "mailbox",
  "certificate-expired": "mailbox",
  "certificate-unknown": "mailbox",
  "wrong-password": "mailbox",
  "app-password": "mailbox",
  "basic-off": "mailbox",
  "expired-password": "mailbox",
  "account-locked": "mailbox",
  "sign-in-policy": "mailbox",
  "sign-in-first": "mailbox",
  "no-password-sign-in": "mailbox",
  "too-many-sign-ins": "mailbox",
  reconnect: "mailbox",
  "consent-unreachable": "mailbox",
  "provider-blocks": "mailbox",
  "sender-refused": "mailbox",
  "relay-denied": "mailbox",
  "sending-limit": "mailbox",
  "server-busy": "mail",
  greylisted: "mail",
  "recipient-unknown": "mail",
  "recipient-full": "mail",
  "too-large": "mail",
  "content-refused": "mail",
  refused: "mail",
} as const satisfies Record<string, "mailbox" | "mail">

export type SmtpTrouble = keyof typeof smtpTroubles

/** True for the code of a trouble, as it stands in a row. */
export function isSmtpTrouble(text: string): text is SmtpTrouble {
  return Object.hasOwn(smtpTroubles, text)
}

type Rule = { during?: readonly SmtpAnswer["during"][]; status?: RegExp; text?: RegExp; means: SmtpTrouble }
const signIn = ["sign-in"] as const
const asked = ["sender", "recipient", "content"] as const

/** The first that fits. Texts are what Google, Microsoft, Postfix, Exim and Dovecot answer; an enhanced code (RFC 3463) stands in the text. */
const rules: readonly Rule[] = [
  { text: /\b5\.7\.30\b|basic authentication is (not supported|disabled)|SmtpClientAuthentication is disabled/i, means: "basic-off" },
  { text: /application-specific password|\b5\.7\.9\b|InvalidSecondFactor/i, means: "app-password" },
  { during: signIn, text: /password (has |is )?expired|expired password|AADSTS50055/i, means: "expired-password" },
  { during: signIn, text: /account (is |has been )?(temporarily )?(locked|disabled|suspended|blocked)|AADSTS5005[37]/i, means: "account-locked" },
  { during: signIn, text: /conditional access|security defaults|did not meet the criteria|AADSTS5307/i, means: "sign-in-policy" },
  { during: signIn, text: /web ?browser|\b5\.7\.14\b/i, means: "sign-in-policy" },
  { during: signIn, status: /^4/, text: /too many|try again later|\b4\.7\.0\b|login attempts/i, means: "too-many-sign-ins" },
  { during: signIn, text: /BadCredentials|\b5\.7\.8\b.*(gsmtp|google)/i, means: "app-password" },
  { text: /spamhaus|sorbs|barracuda|block ?list|black ?list|dynamic (ip|pool)|data ?cent(er|re)|(client host|your ip|ip address|connection).{0,60}(blocked|refused|denied|rejected)|blocked using/i, means: "provider-blocks" },
  { during: ["connect"], status: /^5/, means: "provider-blocks" },
  { during: ["connect"], status: /^4/, means: "no-answer" },
  { during: ["secure"], status: /^[45]/, means: "no-tls" },
  { during: signIn, status: /^(504|502|503|500)/, means: "no-password-sign-in" },
  { during: signIn, status: /^5/, means: "wrong-password" },
  { during: signIn, means: "no-answer" },
  { during: ["content"], text: /\b5\.3\.4\b|\b5\.2\.3\b|too (large|big)|size.{0,30}(exceed|limit)|exceed.{0,30}size/i, means: "too-large" },
  { text: /\b5\.4\.5\b|\b5\.7\.(232|233|708)\b|\b4\.3\.2\b.*concurrent|quota exceeded|sending (limit|quota)|(limit|rate).{0,20}exceed|exceed.{0,40}(limit|rate|quota)|too many (messages|recipients|mails)/i, means: "sending-limit" },
  { during: asked, text: /greylist|gr[ae]y-list|postgrey/i, means: "greylisted" },
  { during: asked, status: /^530|^535/, means: "sign-in-first" },
  { during: asked, text: /\b5\.7\.57\b|not authenticated|authentication required|must (issue|authenticate)/i, means: "sign-in-first" },
  { during: asked, text: /relay|\b5\.7\.64\b/i, means: "relay-denied" },
  { during: asked, text: /sendasdenied|send as|\b5\.7\.60\b|not owned by user|sender address rejected|sender.{0,30}(not allowed|denied|rejected|mismatch)|from address.{0,40}(not|must)/i, means: "sender-refused" },
  { during: ["sender"], status: /^5/, text: /size|too (large|big)|\b5\.3\.4\b/i, means: "too-large" },
  { during: ["sender"], status: /^5/, means: "sender-refused" },
  { during: ["content"], status: /^552/, means: "too-large" },
  { during: ["recipient", "content"], text: /\b[45]\.2\.2\b|mailbox.{0,20}full|over ?quota|quota/i, means: "recipient-full" },
  { during: asked, status: /^4/, means: "server-busy" },
  { during: ["recipient"], text: /\b5\.1\.(1|2|10)\b|user unknown|unknown user|no such (user|mailbox|recipient)|does not exist|not found|unrouteable/i, means: "recipient-unknown" },
  { during: ["content"], status: /^5/, means: "content-refused" },
]

const causes: Readonly<Record<string, SmtpTrouble>> = {
  "no-such-host": "no-such-host",
  "not-public": "not-public",
  ECONNREFUSED: "no-connection",
  ENETUNREACH: "no-connection",
  EHOSTUNREACH: "no-connection",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-name",
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-expired",
}

/** What an answer, or that there was none, means. Where the reasons are many, the one that asks least of the reader comes first in the table. */
export function explainAnswer({ during, status, text, cause }: SmtpAnswer, { byToken }: { byToken: boolean }): SmtpTrouble {
  const fits = (rule: Rule) => (rule.during ?? [during]).includes(during) && (rule.status ?? /^/).test(String(status)) && (rule.text ?? /^/).test(text)
  if (status !== null) {
    const found = rules.find(fits)?.means ?? "refused"
    return byToken && (found === "wrong-password" || found === "app-password") ? "reconnect" : found
  }
  const known = cause ? causes[cause] : undefined
  if (known) return known
  if (cause && /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT|ERR_TLS_CERT)/.test(cause)) return "certificate-unknown"
  if (cause && /WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|ERR_SSL|EPROTO/.test(cause)) return "wrong-security"
  if (during === "sign-in" && cause === "no-mechanism") return "no-password-sign-in"
  return "no-answer"
}

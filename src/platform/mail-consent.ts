import { createHash } from "node:crypto"
import { env } from "./env.ts"

export type ConsentProvider = "microsoft" | "google"

/** `until`: when `access` is no use any more. */
export type MailTokens = { access: string; refresh: string; until: Date }

/** "refused": it has to be asked of the holder of the mailbox anew. "unreachable": worth another try. */
export class ConsentFailed extends Error {
  readonly code: "refused" | "unreachable"

  constructor(code: "refused" | "unreachable") {
    super(`No token was given: ${code}`)
    this.name = "ConsentFailed"
    this.code = code
  }
}

const patience = 10_000

const providers = {
  microsoft: {
    authorize: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    token: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    scope: "https://outlook.office.com/SMTP.Send offline_access",
    toRead: "https://outlook.office.com/IMAP.AccessAsUser.All",
    also: { prompt: "select_account" },
  },
  google: {
    authorize: "https://accounts.google.com/o/oauth2/v2/auth",
    token: "https://oauth2.googleapis.com/token",
    scope: "https://mail.google.com/",
    toRead: "",
    also: { access_type: "offline", prompt: "consent" },
  },
} as const satisfies Record<ConsentProvider, { authorize: string; token: string; scope: string; toRead: string; also: Record<string, string> }>

/** Whether the operator made this portal known at a provider. */
export function knowsProvider(provider: ConsentProvider): boolean {
  return clientAt(provider) !== null
}

/** Where somebody is sent to give consent (RFC 6749 with PKCE, RFC 7636), to send and where asked to read. Null when the portal is not known there. */
export function consentAddress(provider: ConsentProvider, asked: { state: string; verifier: string; loginHint: string; isToRead: boolean }): string | null {
  const client = clientAt(provider)
  if (!client) return null
  const { scope: toSend, toRead, also } = providers[provider]
  const scope = asked.isToRead ? `${toSend} ${toRead}`.trim() : toSend
  const challenge = createHash("sha256").update(asked.verifier).digest("base64url")
  const query = { response_type: "code", client_id: client.id, redirect_uri: returnTo(), scope, state: asked.state, code_challenge: challenge, code_challenge_method: "S256", login_hint: asked.loginHint, ...also }
  return `${endpointOf(provider, "authorize")}?${new URLSearchParams(query)}`
}

/** The tokens for a code that came back. Throws ConsentFailed. */
export async function tokensFor(provider: ConsentProvider, { code, verifier }: { code: string; verifier: string }, now: Date): Promise<MailTokens> {
  return askTokens(provider, { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: returnTo() }, "", now)
}

/** Fresh tokens for old ones; a provider that gives no other refresh token lets the old one stand. Throws ConsentFailed. */
export async function freshTokens(provider: ConsentProvider, { refresh }: MailTokens, now: Date): Promise<MailTokens> {
  return askTokens(provider, { grant_type: "refresh_token", refresh_token: refresh }, refresh, now)
}

/** A mailbox of the operator's own: at Google by a refresh token, at Microsoft as the portal itself (client credentials, RFC 6749 section 4.4) in one tenant. */
export type StandingConsent = { provider: "google"; refresh: string } | { provider: "microsoft"; tenant: string }

const standing = new Map<string, MailTokens>()

/** A token for a mailbox of the operator's own; asked once for as long as it lives. Throws ConsentFailed. */
export async function standingToken(consent: StandingConsent, now: Date): Promise<string> {
  const key = JSON.stringify(consent)
  const known = standing.get(key)
  if (known && known.until.getTime() - now.getTime() > 120_000) return known.access
  const fresh = consent.provider === "google" ? await freshTokens("google", { ...consent, access: "", until: now }, now) : await tokensOfPortal(consent.tenant, now)
  standing.set(key, fresh)
  return fresh.access
}

async function tokensOfPortal(tenant: string, now: Date): Promise<MailTokens> {
  if (!/^[a-z0-9.-]{1,100}$/i.test(tenant)) throw new ConsentFailed("refused")
  const endpoint = endpointOf("microsoft", "token").replace("/common/", `/${tenant}/`)
  return askTokens("microsoft", { grant_type: "client_credentials", scope: "https://outlook.office365.com/.default" }, "none", now, endpoint)
}

async function askTokens(provider: ConsentProvider, asked: Record<string, string>, refresh: string, now: Date, endpoint = endpointOf(provider, "token")): Promise<MailTokens> {
  const client = clientAt(provider)
  if (!client) throw new ConsentFailed("unreachable")
  const body = new URLSearchParams({ ...asked, client_id: client.id, client_secret: client.secret })
  const answer = await fetch(endpoint, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(patience) }).catch(() => null)
  const given: unknown = await answer?.json().catch(() => null)
  if (!answer || answer.status >= 500 || answer.status === 429) throw new ConsentFailed("unreachable")
  const access = textIn(given, "access_token")
  const kept = textIn(given, "refresh_token") || refresh
  if (!answer.ok || !access || !kept) throw new ConsentFailed("refused")
  return { access, refresh: kept, until: new Date(now.getTime() + (Number(textIn(given, "expires_in")) || 3600) * 1000) }
}

function clientAt(provider: ConsentProvider): { id: string; secret: string } | null {
  const { MAIL_OAUTH_MICROSOFT_ID, MAIL_OAUTH_MICROSOFT_SECRET, MAIL_OAUTH_GOOGLE_ID, MAIL_OAUTH_GOOGLE_SECRET } = env()
  const [id, secret] = { microsoft: [MAIL_OAUTH_MICROSOFT_ID, MAIL_OAUTH_MICROSOFT_SECRET], google: [MAIL_OAUTH_GOOGLE_ID, MAIL_OAUTH_GOOGLE_SECRET] }[provider]
  return id && secret ? { id, secret } : null
}

function endpointOf(provider: ConsentProvider, which: "authorize" | "token"): string {
  const { MAIL_OAUTH_SERVER } = env()
  return MAIL_OAUTH_SERVER ? `${MAIL_OAUTH_SERVER}/${which}` : providers[provider][which]
}

function returnTo(): string {
  return `${env().PUBLIC_URL}/koppelingen/mailbox`
}

function textIn(given: unknown, name: string): string {
  if (typeof given !== "object" || given === null) return ""
  const value: unknown = Object.getOwnPropertyDescriptor(given, name)?.value
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}

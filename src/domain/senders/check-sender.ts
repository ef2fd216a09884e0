import { DnsFailed, namesFrom, type Names } from "#platform/dns.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { Conflict, Forbidden, Invalid } from "#policy/errors.ts"
import { seesParty } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDkim, type DkimProblem } from "./check-dkim.ts"
import { findDmarc, type DmarcProblem } from "./check-dmarc.ts"
import { findSpf, type SpfProblem } from "./check-spf.ts"

export type SenderProblem = SpfProblem | DkimProblem | DmarcProblem | "not-named" | "not-there"

/** A record to put in the DNS; `replaces` the one that is there, which may stand there only once. */
export type RecordToAdd = { name: string; type: "TXT"; value: string; replaces: boolean }

/** One of the three: whether it is right, what is wrong with it, what stands there now, and exactly what to put there. */
export type SenderPart = { state: "good" | "fair" | "bad"; found: string | null; problems: SenderProblem[]; add: RecordToAdd | null }

export type SenderCheck = { domain: string; lookups: number; spf: SenderPart; dkim: SenderPart; dmarc: SenderPart }

/** Which domain sends, through which server (where that is known), and what its key is called. */
export type SenderToCheck = { domain: string; server: string | null; selector: string | null }

/** Who to name in a record for the servers that offices use most: each as its provider says. */
const known: Readonly<Record<string, string>> = {
  "smtp.office365.com": "include:spf.protection.outlook.com",
  "smtp-mail.outlook.com": "include:spf.protection.outlook.com",
  "smtp.gmail.com": "include:_spf.google.com",
  "smtp-relay.gmail.com": "include:_spf.google.com",
  "smtp.transip.email": "include:_spf.transip.email",
}

/**
 * Whether the world can see that mail of a domain is real: SPF, DKIM and DMARC, and for what is missing the record to put in the DNS. Asks the DNS and nothing
 * else. Invalid for what is no domain; Conflict when the DNS does not answer; Forbidden for an employee.
 */
export async function checkSender(viewer: Viewer, input: SenderToCheck, names: Names = namesFrom()): Promise<SenderCheck> {
  if (viewer.kind === "employee" || !seesParty(viewer.rank)) throw new Forbidden()
  const domain = domainIn(input.domain)
  if (!domain) throw new Invalid("sender-domain", { field: "domein" })
  const server = input.server ? domainIn(input.server) : null
  try {
    return await lookUp(names, { domain, server, selector: input.selector && /^[a-z0-9._-]{1,100}$/i.test(input.selector) ? input.selector : null })
  } catch (error) {
    if (error instanceof DnsFailed) throw new Conflict("dns-silent", {}, { cause: error })
    throw error
  }
}

/** As checkSender, for who needs no viewer: the operator. */
export async function lookUp(names: Names, { domain, server, selector }: SenderToCheck): Promise<SenderCheck> {
  const [spf, dkim, dmarc, term] = await Promise.all([findSpf(names, domain), findDkim(names, domain, selector), findDmarc(names, domain), server ? termFor(names, server) : null])
  const isNamed = term === null || spf.names.has(term)
  const spfProblems: SenderProblem[] = [...(spf.record === null ? ["not-there" as const] : []), ...spf.problems, ...(spf.record !== null && !isNamed ? ["not-named" as const] : [])]
  const dkimProblems = dkim.flatMap((one): SenderProblem[] => one.problems)
  const dmarcProblems: SenderProblem[] = [...(dmarc.at === null ? ["not-there" as const] : []), ...dmarc.problems]
  return {
    domain,
    lookups: spf.lookups,
    spf: { ...judged(spfProblems), found: spf.record, add: spfToAdd(domain, spf.record, spf.problems, isNamed ? null : term, term) },
    dkim: { ...judged(dkim.length === 0 ? ["not-there"] : dkim.some((one) => one.problems.length === 0) ? [] : dkimProblems), found: dkim.map((one) => one.selector).join(", ") || null, add: null },
    dmarc: { ...judged(dmarcProblems), found: dmarc.record, add: dmarc.at === null ? { name: `_dmarc.${domain}`, type: "TXT", value: "v=DMARC1; p=none", replaces: false } : null },
  }
}

const mild: readonly SenderProblem[] = ["only-watches", "short-key", "old-ptr", "macro", "open-ended"]

function judged(problems: SenderProblem[]): Pick<SenderPart, "state" | "problems"> {
  return { problems, state: problems.length === 0 ? "good" : problems.every((one) => mild.includes(one)) ? "fair" : "bad" }
}

/** How a server is named in a record: as its provider says, its own list (_spf.) where there is one, else the server itself. */
async function termFor(names: Names, server: string): Promise<string> {
  const [said, above] = [known[server], `_spf.${server.split(".").slice(-2).join(".")}`]
  if (said) return said
  return ((await names.txt(above)) ?? []).some((text) => /^v=spf1(?: |$)/i.test(text)) ? `include:${above}` : `a:${server}`
}

/** The whole record, with the server put in where it belongs: before what says what becomes of all others. Never a second one beside the first. */
function spfToAdd(domain: string, record: string | null, problems: readonly SpfProblem[], missing: string | null, term: string | null): RecordToAdd | null {
  if (record === null) return { name: domain, type: "TXT", value: `v=spf1 ${term ?? "mx"} ~all`, replaces: false }
  if (missing === null || problems.includes("several")) return null
  const terms = record.trim().split(/ +/)
  const end = terms.findIndex((one) => /^[+\-~?]?all$/i.test(one) || /^redirect=/i.test(one))
  const value = terms.toSpliced(end === -1 ? terms.length : end, 0, missing).join(" ")
  return { name: domain, type: "TXT", value, replaces: true }
}

/** A domain as it was typed, or the one of an address or web address; null for what is none. */
function domainIn(text: string): string | null {
  const host = text.trim().toLowerCase().replace(/^https?:\/\//, "").replace(/^.*@/, "").replace(/[/:].*$/, "").replace(/\.$/, "")
  return normaliseEmailAddress(`x@${host}`) ? host : null
}

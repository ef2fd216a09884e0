import { createPublicKey } from "node:crypto"
import type { Names } from "#platform/dns.ts"

/** What is wrong with a key. Keys under "senderCheck.problems" in the catalogue. */
export type DkimProblem = "revoked" | "broken-key" | "short-key" | "several-keys" | "other-kind"

export type DkimFound = { selector: string; record: string; problems: DkimProblem[] }

/** What providers in use call their keys, tried where none is named. */
const usual = ["selector1", "selector2", "google", "default", "dkim", "mail", "k1", "s1", "s2", "transip-a", "mxvault", "strato-dkim-0002"]

/** The keys with which mail of a domain is signed (RFC 6376): of one selector, or those of the usual selectors that are there. */
export async function findDkim(names: Names, domain: string, selector: string | null): Promise<DkimFound[]> {
  const found = await Promise.all((selector ? [selector] : usual).map(async (one) => ({ selector: one, records: (await names.txt(`${one}._domainkey.${domain}`)) ?? [] })))
  return found.flatMap(({ selector: one, records }) => {
    const [record] = records.filter((text) => /(^|;)\s*p=/.test(text))
    return record === undefined ? [] : [{ selector: one, record, problems: [...(records.length > 1 ? ["several-keys" as const] : []), ...problemsOf(record)] }]
  })
}

function problemsOf(record: string): DkimProblem[] {
  const tags = tagsOf(record)
  const key = (tags.get("p") ?? "").replace(/\s/g, "")
  if (tags.has("v") && tags.get("v") !== "DKIM1") return ["broken-key"]
  if (key === "") return ["revoked"]
  const kind = tags.get("k") ?? "rsa"
  if (kind === "ed25519") return Buffer.from(key, "base64").length === 32 ? [] : ["broken-key"]
  if (kind !== "rsa") return ["other-kind"]
  try {
    const bits = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" }).asymmetricKeyDetails?.modulusLength ?? 0
    return bits < 2048 ? ["short-key"] : []
  } catch {
    return ["broken-key"]
  }
}

/** The tags of a record of the form "a=b; c=d", by name. */
export function tagsOf(record: string): Map<string, string> {
  return new Map(record.split(";").flatMap((part) => {
    const [, name = "", value = ""] = /^\s*([a-z0-9_]+)\s*=\s*([\s\S]*?)\s*$/i.exec(part) ?? []
    return name === "" ? [] : [[name.toLowerCase(), value] as const]
  }))
}

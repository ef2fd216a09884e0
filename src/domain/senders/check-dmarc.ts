import type { Names } from "#platform/dns.ts"
import { tagsOf } from "./check-dkim.ts"

/** What is wrong with what a domain asks of receivers. Keys under "senderCheck.problems" in the catalogue. */
export type DmarcProblem = "several-policies" | "no-policy" | "only-watches"

/** `at`: the domain whose record it is, which may be above the one that was asked. `isStrict`: another name under the same domain is not aligned. */
export type DmarcFound = { at: string | null; record: string | null; policy: "none" | "quarantine" | "reject" | null; isStrict: { spf: boolean; dkim: boolean }; problems: DmarcProblem[] }

const none: DmarcFound = { at: null, record: null, policy: null, isStrict: { spf: false, dkim: false }, problems: [] }

/**
 * What a domain asks of receivers (RFC 7489), at itself or else at the nearest domain above it that asks something. Walking up stands in for the list of public
 * suffixes, which is out of date as soon as it is kept; nobody sends for a suffix, so it comes down to the same.
 */
export async function findDmarc(names: Names, domain: string): Promise<DmarcFound> {
  const labels = domain.split(".")
  for (let from = 0; from <= labels.length - 2 && from < 8; from++) {
    const at = labels.slice(from).join(".")
    const records = ((await names.txt(`_dmarc.${at}`)) ?? []).filter((text) => /^v=DMARC1\s*(;|$)/.test(text))
    if (records.length > 1) return { ...none, at, problems: ["several-policies"] }
    const [record] = records
    if (record !== undefined) return readRecord(record, at, from > 0)
  }
  return none
}

/** Whether a name that was proven (by SPF or DKIM) counts for a sender's domain: the same, or under the same domain where that is enough. */
export function isAligned(proven: string, sender: string, { at, isStrict }: { at: string | null; isStrict: boolean }): boolean {
  if (proven === sender) return true
  const under = at ?? sender.split(".").slice(-2).join(".")
  const isUnder = (name: string) => name === under || name.endsWith(`.${under}`)
  return !isStrict && isUnder(proven) && isUnder(sender)
}

function readRecord(record: string, at: string, isAbove: boolean): DmarcFound {
  const tags = tagsOf(record)
  const asked = (isAbove ? tags.get("sp") : undefined) ?? tags.get("p")
  const policy = (["none", "quarantine", "reject"] as const).find((one) => one === asked?.toLowerCase()) ?? null
  const problems: DmarcProblem[] = policy === null ? ["no-policy"] : policy === "none" ? ["only-watches"] : []
  return { at, record, policy, isStrict: { spf: tags.get("aspf") === "s", dkim: tags.get("adkim") === "s" }, problems }
}

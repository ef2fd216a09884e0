import type { Names } from "#platform/dns.ts"

/** What is wrong with who may send for a domain. Keys under "senderCheck.problems" in the catalogue. */
export type SpfProblem = "several" | "too-many-lookups" | "too-many-voids" | "loop" | "missing-include" | "syntax" | "allows-all" | "open-ended" | "old-ptr" | "macro"

/** `lookups`: how many questions the record takes. `names`: every mechanism that was met, as "include:host" or "a:host". */
export type SpfFound = { record: string | null; lookups: number; problems: SpfProblem[]; names: Set<string> }

const limits = { lookups: 10, voids: 2, mailServers: 10, stop: 30, terms: 200 }
const mechanism = /^([+\-~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?:[:/](.*))?$/i

type Walk = { names: Names; found: SpfFound; voids: number; path: string[]; add: (problem: SpfProblem) => void }

/**
 * Who may send for a domain, as RFC 7208 has it: one record, at most ten look-ups through all it refers to, two of which may find nothing. What has a macro in it
 * depends on the mail, so it is counted and left unknown.
 */
export async function findSpf(names: Names, domain: string): Promise<SpfFound> {
  const found: SpfFound = { record: null, lookups: 0, problems: [], names: new Set() }
  const add = (problem: SpfProblem) => void (found.problems.includes(problem) || found.problems.push(problem))
  const walk: Walk = { names, found, voids: 0, path: [], add }
  const records = await recordsOf(names, domain)
  if (records.length > 1) add("several")
  found.record = records[0] ?? null
  if (found.record !== null) await follow(walk, domain, found.record)
  if (found.lookups > limits.lookups) add("too-many-lookups")
  if (walk.voids > limits.voids) add("too-many-voids")
  return found
}

async function recordsOf(names: Names, domain: string): Promise<string[]> {
  return ((await names.txt(domain)) ?? []).filter((text) => /^v=spf1(?: |$)/i.test(text))
}

async function follow(walk: Walk, domain: string, record: string): Promise<void> {
  walk.path.push(domain)
  const terms = record.trim().split(/ +/).slice(1, limits.terms)
  const isTop = walk.path.length === 1
  let all = false
  for (const term of terms) {
    const [, sign = "", kind = "", value = ""] = mechanism.exec(term) ?? []
    if (kind === "") {
      if (!/^[a-z][a-z0-9_.-]*=/i.test(term)) walk.add("syntax")
      continue
    }
    if (kind.toLowerCase() === "all") {
      all = true
      if (isTop && (sign === "" || sign === "+")) walk.add("allows-all")
      if (isTop && sign === "?") walk.add("open-ended")
      break
    }
    await ask(walk, domain, kind.toLowerCase(), value)
  }
  const next = all ? undefined : terms.map((term) => /^redirect=(.+)$/i.exec(term)?.[1]).find((to) => to !== undefined)
  if (next) await refer(walk, next, "redirect")
  else if (isTop && !all) walk.add("open-ended")
  walk.path.pop()
}

async function ask(walk: Walk, domain: string, kind: string, value: string): Promise<void> {
  if (kind === "ip4" || kind === "ip6") return
  if (kind === "include") return refer(walk, value, "include")
  if (!count(walk)) return
  if (kind === "ptr") return walk.add("old-ptr")
  if (value.includes("%")) return walk.add("macro")
  const name = value.replace(/^\/.*$/, "").replace(/\/.*$/, "").toLowerCase() || domain
  if (kind === "a") walk.found.names.add(`a:${name}`)
  const answer = kind === "mx" ? await walk.names.mailServers(name) : await walk.names.addresses(name)
  if (answer === null) walk.voids += 1
  if (kind === "mx" && (answer?.length ?? 0) > limits.mailServers) walk.add("too-many-lookups")
}

async function refer(walk: Walk, to: string, kind: "include" | "redirect"): Promise<void> {
  if (!count(walk)) return
  if (to.includes("%")) return walk.add("macro")
  const name = to.toLowerCase().replace(/\.$/, "")
  if (name === "" || walk.path.includes(name)) return walk.add(name === "" ? "syntax" : "loop")
  walk.found.names.add(`include:${name}`)
  const records = await recordsOf(walk.names, name)
  const [record] = records
  if (record === undefined) {
    walk.voids += 1
    return walk.add("missing-include")
  }
  if (records.length > 1) walk.add("several")
  await follow(walk, name, record)
}

/** False when no more is asked: far over what receivers do. */
function count({ found }: Walk): boolean {
  found.lookups += 1
  return found.lookups <= limits.stop
}

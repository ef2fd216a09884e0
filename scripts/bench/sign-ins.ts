import { readFileSync } from "node:fs"
import { openAccount } from "#domain/accounts/open-account.ts"
import { asSystem } from "#platform/database.ts"
import { goodPassword, makeClient, makeOffice } from "../../tests/support/house.ts"
import { actionForm, builtActions, encoded, knock } from "../../tests/support/knock.ts"
import { startPortal, type TestPortal } from "../../tests/support/portal.ts"
import { at, sendMany } from "./load.ts"
import { printTable } from "./report.ts"

const accounts = 200

/**
 * Two things of signing in. How a portal bears two hundred sign-ins that are started at once; and whether the time of an answer tells if a username is known, for a
 * wrong password, for a forgotten one and for a forgotten username: two hundred tries each, in turn, held against each other by rank (Mann-Whitney). Every try comes from a source of its own,
 * which the portal is told by a proxy that it believes.
 */
export async function measureSignIns(): Promise<void> {
  const portal = await startPortal({ environment: { TRUSTED_PROXIES: "127.0.0.1,::1" } })
  try {
    Object.assign(process.env, portal.environment, { LOG_LEVEL: "error" })
    const employerId = await makeClient(await makeOffice())
    const usernames = Array.from({ length: accounts }, (_one, n) => `bench${n}@test.test`)
    for (const username of usernames) await asSystem("operate", (tx) => openAccount(tx, { username, password: goodPassword, partyId: employerId }, new Date()))
    for (const email of usernames) await asSystem("operate", (tx) => tx.account.update({ where: { username: email }, data: { email } }))
    const signIn = posterOf(portal, "(toegang)/aanmelden/actions.ts signInAction", "/aanmelden")
    const askLink = posterOf(portal, "(toegang)/wachtwoord/actions.ts askLinkAction", "/wachtwoord")
    const askNames = posterOf(portal, "(toegang)/gebruikersnaam/actions.ts askUsernamesAction", "/gebruikersnaam")
    await measureLoad(portal, usernames, (username) => signIn({ username, password: goodPassword }))
    const rows = [
      await compare("wrong password", usernames, (username) => signIn({ username, password: "een heel ander wachtwoord" })),
      await compare("forgotten password", usernames, (username) => askLink({ username })),
      await compare("forgotten username", usernames, (email) => askNames({ email })),
    ]
    console.log("\nThe time of an answer for a known and an unknown username, milliseconds\nPromised: the difference is under the noise. |z| under 2.6 means that it cannot be told (p > 0.01).\n")
    printTable(rows)
  } finally {
    await portal.stop()
  }
}

type Post = (fields: Readonly<Record<string, string>>) => Promise<number>

/** Posts to an action as a browser does, each time from another source; returns how long the answer took, in milliseconds. */
function posterOf(portal: TestPortal, action: string, page: string): Post {
  let source = 0
  const id = builtActions().get(action)?.id ?? ""
  return async (fields) => {
    source += 1
    const { body, headers } = await encoded(actionForm(Object.entries(fields), [{ status: "idle" }, "$K1"]))
    const started = performance.now()
    await knock(portal.url, page, { method: "POST", body, headers: { ...headers, "Next-Action": id, Origin: portal.url, "X-Forwarded-For": `203.${(source >> 16) & 255}.${(source >> 8) & 255}.${source & 255}` } })
    return performance.now() - started
  }
}

async function measureLoad(portal: TestPortal, usernames: readonly string[], signIn: (username: string) => Promise<number>): Promise<void> {
  const page = { name: "page", url: `${portal.url}/wachtwoord`, processes: [] }
  await sendMany(page, 200)
  const alone = await sendMany(page, 200)
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, memoryOf(portal.pidOf("web") ?? 0))), 50)
  const all = Promise.all(usernames.map(signIn))
  const beside = await sendMany(page, 400)
  const took = (await all).sort((a, b) => a - b)
  clearInterval(watch)
  const ms = (value: number) => value.toFixed(0)
  console.log(`\n${usernames.length} sign-ins started at once, and another page beside them, milliseconds\nPromised: the page under 1,000 at the 99th percentile, the web process under 1,000 MB.\n`)
  printTable([
    { what: "the page alone", p50: ms(at(alone, 0.5)), p99: ms(at(alone, 0.99)), "web MB at most": "" },
    { what: "the page beside them", p50: ms(at(beside, 0.5)), p99: ms(at(beside, 0.99)), "web MB at most": ms(most) },
    { what: "a sign-in", p50: ms(at(took, 0.5)), p99: ms(at(took, 0.99)), "web MB at most": "" },
  ])
}

/** The memory of a process in megabytes (Linux). */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024
}

async function compare(what: string, usernames: readonly string[], ask: (username: string) => Promise<number>): Promise<Record<string, string>> {
  const [known, unknown]: [number[], number[]] = [[], []]
  await ask("warm@test.test")
  const ofKnown = async (index: number) => known.push(await ask(usernames[index] ?? ""))
  const ofUnknown = async (index: number) => unknown.push(await ask(`niemand${index}@test.test`))
  /** Now one goes first and then the other: what the one before leaves behind must not count for one of them alone. */
  for (const index of usernames.keys()) for (const one of index % 2 === 0 ? [ofKnown, ofUnknown] : [ofUnknown, ofKnown]) await one(index)
  const shown = (times: readonly number[]) => {
    const sorted = [...times].sort((a, b) => a - b)
    return `${at(sorted, 0.5).toFixed(1)} (${at(sorted, 0.25).toFixed(1)}-${at(sorted, 0.75).toFixed(1)})`
  }
  return { what, "known, median (quartiles)": shown(known), "unknown, median (quartiles)": shown(unknown), z: rankDifference(known, unknown).toFixed(2) }
}

/** How far two samples lie apart by rank: the z of the Mann-Whitney U test, without ties. */
function rankDifference(one: readonly number[], other: readonly number[]): number {
  const ranked = [...one.map((time) => ({ time, isOne: true })), ...other.map((time) => ({ time, isOne: false }))].sort((a, b) => a.time - b.time)
  const ranks = ranked.reduce((sum, { isOne }, index) => (isOne ? sum + index + 1 : sum), 0)
  const [n, m] = [one.length, other.length]
  const u = ranks - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

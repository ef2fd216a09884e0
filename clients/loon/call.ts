import { setTimeout as pause } from "node:timers/promises"
import { fits } from "./answer-shape.ts"
import { operations, type Answer, type OperationId } from "./api.ts"
import { ask, Cut, type Body, type Heard } from "./ask.ts"
import { exits, Stop } from "./exits.ts"
import { refusalOf } from "./refusal.ts"

/** A way to one portal: its address, the key, and the signal that stops everything. `tell` is for people who wait. */
export type Line = { url: URL; key: string; signal: AbortSignal; tell: (sentence: string) => void }

/** `name` is the Idempotency-Key of a POST. `params` fill the braces of the path; `more` are headers of its own, `patience` how long the line may be without a byte. */
export type Call = { params?: Readonly<Record<string, string>>; query?: Readonly<Record<string, string>>; body?: Body; name?: string; more?: Readonly<Record<string, string>>; patience?: number }

export type Called<Id extends OperationId> = { answer: Answer<Id>; isReplayed: boolean; headers: Heard["headers"] }

/** How long is waited before each next try, in milliseconds. */
export const waits = [500, 1000, 2000, 4000, 8000]
/** For how long the portal may be busy with the same request, and how often that is asked, in milliseconds. */
const busy = { most: 15 * 60_000, every: 2000 }
const longestWait = 120_000
/** After how long without a byte a line is given up: a month is read before it is answered. */
const quiet = { usual: 60_000, withBody: 15 * 60_000 }

/**
 * Asks the portal for an operation. What breaks on the way is tried again: a line that is cut, 502, 503 and 504, and 429 after as long as the portal says.
 * A POST carries its name, so that trying again does nothing twice. Whatever does not lead to an answer is a Stop.
 */
export async function call<Id extends OperationId>(line: Line, id: Id, { params = {}, query = {}, body, name, more = {}, patience }: Call = {}): Promise<Called<Id>> {
  const { method, path, answer: shape } = operations[id]
  const url = addressOf(line, path, params)
  for (const [field, value] of Object.entries(query)) url.searchParams.set(field, value)
  const headers = { ...headersFor(line), Accept: "application/json", ...(name === undefined ? {} : { "Idempotency-Key": name }), ...more }
  const asked = { method, headers, body: body ?? null, quiet: patience ?? (body ? quiet.withBody : quiet.usual), signal: line.signal }
  const { heard, tries } = await tryToAsk(line, url, asked)
  if (heard.status === 404 && method === "DELETE" && tries > 1) return finish({ status: 204, headers: {}, text: "" })
  return finish(heard)

  function finish({ status, headers: told, text }: Heard): Called<Id> {
    const value = jsonOf(text)
    if (status >= 400) throw refusalOf(status, value)
    const answer: unknown = status === 204 ? undefined : value
    if (status < 200 || status > 299 || !fits<(typeof operations)[Id]["answer"]>(shape, answer)) throw noPortal()
    return { answer, isReplayed: told["idempotent-replayed"] === "true", headers: told }
  }
}

/** Where something of the API stands. */
export function addressOf(line: Line, path: string, params: Readonly<Record<string, string>>): URL {
  return new URL(`${line.url.href.replace(/\/$/, "")}/api/v1${path.replace(/\{(\w+)\}/g, (_all, part: string) => encodeURIComponent(params[part] ?? ""))}`)
}

/** What every request says of who asks. */
export function headersFor(line: Line): Record<string, string> {
  return { Authorization: `Bearer ${line.key}`, "Accept-Language": "nl", "User-Agent": "loon/1" }
}

async function tryToAsk(line: Line, url: URL, asked: Parameters<typeof ask>[1]): Promise<{ heard: Heard; tries: number }> {
  const since = performance.now()
  let hasStood = false
  for (let tries = 1, broken = 0; ; tries++) {
    const heard = await ask(url, asked).catch((error: unknown) => {
      line.signal.throwIfAborted()
      if (error instanceof Cut) return error
      throw error
    })
    const wait = waits[broken]
    if (heard instanceof Cut) {
      hasStood ||= heard.stood
      if (wait === undefined || isHopeless(heard)) throw unreachable(asked.method === "POST" && hasStood, heard.reason)
    } else if (heard.status === 409 && codeOf(heard) === "idempotency-running" && performance.now() - since < busy.most) {
      await pause(busy.every, undefined, { signal: line.signal })
      continue
    } else if (heard.status === 429 && wait !== undefined) {
      const seconds = Number(heard.headers["retry-after"])
      const told = Math.min(Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : wait, longestWait)
      line.tell(`Het portaal heeft het druk. Over ${Math.ceil(told / 1000)} s gaat het verder.`)
      broken++
      await pause(told, undefined, { signal: line.signal })
      continue
    } else if (![502, 503, 504].includes(heard.status)) return { heard, tries }
    else if (wait === undefined) {
      if (codeOf(heard) !== null) return { heard, tries }
      throw unreachable(asked.method === "POST", String(heard.status))
    }
    line.tell(`Geen verbinding met het portaal. Over ${(wait ?? 0) / 1000} s wordt het opnieuw geprobeerd.`)
    broken++
    await pause(wait, undefined, { signal: line.signal })
  }
}

/** What trying again does not mend: a name that is not there, or a certificate that is not right. */
function isHopeless({ reason }: Cut): boolean {
  return /^(ENOTFOUND|EPROTO)$|CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(reason)
}

export function unreachable(mayHaveArrived: boolean, reason: string): Stop {
  if (mayHaveArrived) return new Stop(exits.halfWay, "cut", "De verbinding brak halverwege. Geef dezelfde opdracht opnieuw: wat al geplaatst is, wordt niet dubbel geplaatst.", { reason })
  if (/CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/.test(reason)) return new Stop(exits.unreachable, "certificate", "Het certificaat van het portaal klopt niet. Er is niets verzonden.", { reason })
  return new Stop(exits.unreachable, "unreachable", "Het portaal is niet bereikbaar. Klopt het adres, en is er internet?", { reason })
}

function noPortal(): Stop {
  return new Stop(exits.unreachable, "no-portal", "Op dit adres antwoordt iets anders dan het portaal. Klopt het adres?")
}

function codeOf({ text }: Heard): string | null {
  const value = jsonOf(text)
  const code: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "code") : null
  return typeof code === "string" ? code : null
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import nl from "#messages/nl.json" with { type: "json" }
import { closeDatabase } from "#platform/database.ts"
import { actors, cookieFor, leaksIn, makeCast, type Actor, type Cast, type Something } from "../support/cast.ts"
import { actions, handlers, keyHandlers, pages, providerHandlers, tokenHandlers, type Door } from "../support/doors.ts"
import { goodPassword } from "../support/house.ts"
import { actionForm, builtActions, encoded, inTurns, isRefused, knock, knockAsBrowser, plainForm, whatHappened, type Answer, type Try } from "../support/knock.ts"
import { everything } from "../support/picture.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { filesUnder, withoutComments } from "../support/source-files.ts"

const nowhere = "01990000-0000-7000-8000-000000000000"
const nonsense = ["x", "%00", "%2e%2e%2f", nowhere, `${nowhere}0`]
/** How a browser asks for a page: whole, and on a click. */
const ways = { whole: {}, click: { RSC: "1" } } as const
/** Ahead of a click only what stands around a page is answered: the page itself is not made, so that the answer is 200 and must be empty. */
const ahead = [{ RSC: "1", "Next-Router-Prefetch": "1" }, { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" }] as const

let portal: TestPortal
let cast: Cast
let owner: pg.Client

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  cast = await makeCast()
  owner = new pg.Client({ connectionString: portal.databaseUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await closeDatabase()
  await portal?.stop()
})

describe("the table of doors", () => {
  const files = filesUnder("src/app", /\.tsx?$/).filter((file) => !/\.ontwerp\.tsx$/.test(file.path)).map((file) => ({ ...file, text: withoutComments(file.text) }))
  const address = (path: string) => path.replace(/^src\/app/, "").replace(/\/\([^)]*\)/g, "").replace(/\/(page|route)\.tsx?$/, "") || "/"
  const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name)
  const exported = /^export (?:default )?(?:async )?(?:function|const) (\w+)/gm

  test("has every page of the product and none too many", () => {
    const found = files.filter((file) => /\/page\.tsx$/.test(file.path)).map((file) => address(file.path))
    expect(Object.keys(pages).toSorted()).toEqual(found.toSorted())
  })

  test("has every handler of the product and none too many", () => {
    const routes = files.filter((file) => /\/route\.tsx?$/.test(file.path))
    const found = routes.flatMap((file) => named(file.text, exported).filter((name) => /^[A-Z]+$/.test(name)).map((method) => `${method} ${address(file.path)}`))
    expect([...Object.keys(handlers), ...keyHandlers, ...providerHandlers, ...tokenHandlers].toSorted()).toEqual(found.toSorted())
  })

  test("has every action of the product and none too many, and so has what was built", () => {
    const found = files.filter((file) => /^\s*["']use server["']/.test(file.text)).flatMap((file) => named(file.text, exported).map((name) => `${file.path.replace(/^src\/app\//, "")} ${name}`))
    expect(Object.keys(actions).toSorted()).toEqual(found.toSorted())
    expect([...builtActions().keys()].toSorted()).toEqual(found.toSorted())
  })
})

describe("a page or handler", () => {
  test("answers whoever may pass, whole and on a click, and nobody else; and never with another's name", async () => {
    const wrong = await inTurns(everyAddress().flatMap((address) => actors.filter((actor) => address.isFirst || isOfKind(actor, address.door)).map((actor) => async () => {
      const { path, isPage, things } = address
      const mayPass = passes(actor, address)
      const found: string[] = []
      for (const [way, headers] of Object.entries(ways).slice(0, isPage ? 2 : 1)) {
        const answer = await ask(path, { ...headers, Cookie: cast.cookies[actor] })
        const note = `${actor} ${way} ${path} (${things.map((thing) => thing.note).join(", ")}): ${answer.status}`
        if (whatHappened(answer) !== (mayPass ? "passed" : "not found")) found.push(note)
        if (!isPage && !mayPass && !/^\{"code":"[a-z-]+","message":"[^"]+"\}$/.test(answer.text)) found.push(`${note} says ${answer.text}`)
        found.push(...leaksIn(answer.text, actor).map((word) => `${note} tells ${word}`))
      }
      return found
    })))
    expect(wrong).toEqual([])
  })

  test("that is for keys is closed to every session, and to who has nothing", async () => {
    const wrong = await inTurns(keyHandlers.flatMap((at) => [...actors.map((actor) => cast.cookies[actor]), ""].map((cookie) => async () => {
      const method = at.split(" ")[0] ?? ""
      const answer = await knock(portal.url, "/api/v1/employers", { method, headers: { ...(cookie ? { Cookie: cookie } : {}), Origin: portal.url } })
      return answer.status === 401 && (method === "HEAD" || answer.text.includes('"code":"key-missing"')) ? [] : [`${at}: ${answer.status} ${answer.text.slice(0, 200)}`]
    })))
    expect(wrong).toEqual([])
  })

  test("tells nobody anything ahead of a click", async () => {
    const wrong = await inTurns(everyAddress().filter(({ isPage, isFirst }) => isPage && isFirst).flatMap(({ path }) => ["office", "employee"].flatMap((actor) => ahead.map((headers) => async () => {
      const answer = await ask(path, actor === "office" || actor === "employee" ? { ...headers, Cookie: cast.cookies[actor] } : headers)
      return [...leaksIn(answer.text, null), ...(answer.status < 500 ? [] : [answer.status])].map((what) => `${actor} ${path}: ${what}`)
    }))))
    expect(wrong).toEqual([])
  })

  test("is closed to who has no session, whose session ended, and whose cookie was tampered with", async () => {
    const ended = await cookieFor(cast.viewers.office)
    await owner.query("update session set ended_at = now() where id = (select id from session where account_id = $1 order by id desc limit 1)", [cast.viewers.office.accountId])
    const good = cast.cookies.office
    const tampered = [`${good.slice(0, -3)}AAA`, good.replace("sessie=", "sessie=A"), `${good.split(".").slice(0, 3).join(".")}..`, "sessie=", good.replace("sessie=", "__Host-sessie=")]
    const closed = everyAddress().filter(({ door, isFirst }) => door.for !== "everybody" && isFirst)
    const wrong = await inTurns(closed.flatMap(({ path, isPage }) => ["", ended, ...(path === "/kantoor" || !isPage ? tampered : [])].map((cookie, index) => async () => {
      const found: string[] = []
      for (const [way, headers] of Object.entries(ways).slice(0, isPage && index < 2 ? 2 : 1)) {
        const answer = await ask(path, cookie ? { ...headers, Cookie: cookie } : headers)
        const note = `cookie ${index} ${way} ${path}: ${answer.status} ${answer.headers["location"]}`
        const isClosed = isPage ? whatHappened(answer) === "to sign in" : answer.status === 401 && answer.text.includes('"code":"signed-out"')
        found.push(...(isClosed ? [] : [note]), ...leaksIn(answer.text, null).map((word) => `${note} tells ${word}`))
      }
      return found
    })))
    expect(wrong).toEqual([])
    expect((await ask("/kantoor", { Cookie: good })).status).toBe(200)
  })

  test("that asks for an id is not there for what is no id, nobody's id or another kind of id", async () => {
    const tries: Try[] = []
    const passers = { office: "office", employer: "employer", employee: "employee" } as const
    for (const [at, door] of Object.entries({ ...pages, ...handlers })) {
      if (!door.ids || door.for === "everybody" || /^(POST|HEAD|PATCH|DELETE) /.test(at)) continue
      for (const [name, kind] of Object.entries(door.ids)) {
        const others = (["employer", "employee", "delivery", "item", "file"] as const).filter((what) => what !== kind).map(idOf)
        for (const id of [...nonsense, ...others]) {
          const filled = Object.fromEntries(Object.entries(door.ids).map(([one, what]) => [one, one === name ? id : idOf(what)]))
          for (const actor of door.for.map((who) => passers[who])) {
            tries.push(async () => {
              const path = fill(at, door, filled)
              const answer = await ask(path, { Cookie: cast.cookies[actor] })
              return answer.status === 404 || answer.status === 400 ? [] : [`${actor} ${path}: ${answer.status}`]
            })
          }
        }
      }
    }
    expect(await inTurns(tries)).toEqual([])
  })
})

describe("a handler that takes something in, or answers no more than headers", () => {
  const doors = Object.entries(handlers).filter(([at]) => !at.startsWith("GET")).map(([at, door]) => ({ method: at.split(" ")[0] ?? "", path: at.split(" ")[1] ?? "", door }))
  const isSilentHead = (method: string, door: Door) => method === "HEAD" && door.for.length === 0
  const form = { "Content-Type": "application/x-www-form-urlencoded" }

  /** Knocks with this thing in the place of its id: in the path, or in the form that is posted. */
  function knockOn({ method, path, door }: (typeof doors)[number], id: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const field = Object.keys(door.ids ?? {}).find((name) => !path.includes(`[${name}]`))
    const body = Buffer.from(field ? `${field}=${id}` : "")
    const sent = method === "HEAD" ? headers : { ...form, "Content-Length": String(body.length), ...headers }
    return knock(portal.url, path.replace(/\[\w+\]/, id), { method, headers: sent, ...(method === "HEAD" ? {} : { body }) })
  }

  test("is closed to who has no session or an ended one, to what comes from elsewhere, and to whoever has no right to what it names; nothing changes", async () => {
    const ended = await cookieFor(cast.viewers.office)
    await owner.query("update session set ended_at = now() where id = (select id from session where account_id = $1 order by id desc limit 1)", [cast.viewers.office.accountId])
    const before = await everything(owner)
    const own = { Origin: portal.url }
    const wrong = await inTurns(doors.flatMap((one): Try[] => {
      const { method, path, door } = one
      const expecting = (status: number) => (isSilentHead(method, door) ? 405 : status)
      const try_ = (note: string, id: string, headers: Readonly<Record<string, string>>, status: number, reader: Actor | null) => async () => {
        const answer = await knockOn(one, id, headers)
        const found = answer.status === expecting(status) && String(answer.headers["cache-control"]).includes("no-store") ? [] : [`${method} ${path} ${note}: ${answer.status} ${answer.headers["cache-control"]}`]
        return [...found, ...leaksIn(answer.text, reader).map((word) => `${method} ${path} ${note} tells ${word}`)]
      }
      const [what] = Object.values(door.ids ?? {})
      const first = what ? idOf(what) : nowhere
      const open = openTo(door)
      const foreign: Record<string, string>[] = method === "HEAD" ? [{ "Sec-Fetch-Site": "cross-site" }] : [{}, { Origin: "https://elders.test" }, { ...own, "Sec-Fetch-Site": "cross-site" }]
      return [
        try_("without a session", first, own, 401, null),
        try_("with an ended session", first, { ...own, Cookie: ended }, 401, null),
        ...foreign.map((headers) => try_(`from elsewhere ${JSON.stringify(headers)}`, first, { ...headers, Cookie: cast.cookies[open] }, 403, null)),
        ...actors.flatMap((actor) => cast.things.filter((thing) => thing.what === what && !passes(actor, { door, things: [thing] })).map((thing) => try_(`${actor} ${thing.note}`, thing.id, { ...own, Cookie: cast.cookies[actor] }, 404, actor))),
      ]
    }))
    expect(wrong).toEqual([])
    expect(await everything(owner)).toEqual(before)
    expect(doors.length).toBeGreaterThan(8)
  })
})

/** `isFirst`: the first of its door. Who is of another kind than the door is for needs to knock only there. */
type Address = { path: string; door: Door; isPage: boolean; isFirst: boolean; things: Something[] }

/** Every page and every handler that changes nothing, with every thing of ours in the places of its ids. */
function everyAddress(): Address[] {
  return Object.entries({ ...pages, ...handlers }).flatMap(([at, door]): Address[] => {
    if (!at.startsWith("/") && !at.startsWith("GET")) return []
    const isPage = at.startsWith("/")
    return thingsFor(door).map((chosen, index) => {
      const ids = Object.fromEntries(Object.entries(chosen).map(([name, thing]) => [name, thing.id]))
      return { path: fill(at, door, ids), door, isPage, isFirst: index === 0, things: Object.values(chosen) }
    })
  })
}

function fill(at: string, door: Door, ids: Readonly<Record<string, string>>): string {
  const path = at.replace(/^GET /, "").replace(/\[(\w+)\]/g, (_all, name: string) => ids[name] ?? "")
  const asked = Object.entries(ids).filter(([name]) => !at.includes(`[${name}]`))
  const query = new URLSearchParams([...asked, ...Object.entries(door.needs ?? {})])
  return query.size > 0 ? `${path}?${query}` : path
}

function isOfKind(actor: Actor, door: Door): boolean {
  return door.for === "everybody" || door.for.includes(cast.viewers[actor].kind)
}

/** Whether a door with these things behind it is open to somebody of the cast. */
function passes(actor: Actor, { door, things }: Pick<Address, "door" | "things">): boolean {
  if (door.for === "everybody") return true
  const belong = new Set(things.map((thing) => thing.house)).size < 2
  if (door.onlyWhoRunsPayroll && cast.viewers[actor].kind === "employer" && actor !== "selfRunning") return false
  return belong && isOfKind(actor, door) && things.every((thing) => thing.seenBy.includes(actor) || (door.hadIt && thing.hadBy.includes(actor)))
}

function idOf(what: Something["what"]): string {
  return cast.things.find((thing) => thing.what === what && thing.house === "first")?.id ?? ""
}

function ask(path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return "RSC" in headers ? knockAsBrowser(portal.url, path, headers) : knock(portal.url, path, { headers })
}

describe("an action", () => {
  const foreign = {
    "no origin": {},
    "another origin": { Origin: "https://elders.test" },
    "the origin null": { Origin: "null" },
    "an empty origin": { Origin: "" },
    "an origin that is no address": { Origin: "elders" },
    "a cross-site request": { own: "yes", "Sec-Fetch-Site": "cross-site" },
    "a request of a sister site": { own: "yes", "Sec-Fetch-Site": "same-site" },
    "a forged X-Forwarded-Host": { Origin: "https://elders.test", "X-Forwarded-Host": "elders.test" },
    "a forged X-Forwarded-Host and Forwarded": { Origin: "https://elders.test", "X-Forwarded-Host": "elders.test", Forwarded: "host=elders.test" },
  } as const

  test("changes nothing when it was not posted from our own page, with or without JavaScript", async () => {
    const before = await everything(owner)
    const wrong = await inTurns(Object.entries(actions).flatMap(([name, door]) => Object.entries(foreign).flatMap(([what, headers]) => [true, false].map((withScript) => async () => {
      const answer = await act(name, sentTo(door, "first"), { actor: openTo(door), headers, withScript })
      const note = `${name} with ${what}, ${withScript ? "with" : "without"} JavaScript: ${answer.status} ${answer.text.slice(0, 300)}`
      const isQuiet = answer.headers["set-cookie"] === undefined && answer.headers["x-action-redirect"] === undefined && answer.headers["location"] === undefined
      return [...(isQuiet ? [] : [note]), ...(answer.status === 403 || isRefused(answer) || ((!withScript || isSilent(name)) && answer.status < 500) ? [] : [`${note} is not refused`])]
    }))))
    expect(wrong).toEqual([])
    expect(await everything(owner)).toEqual(before)
    expect((await ask("/kantoor", { Cookie: cast.cookies.office })).status).toBe(200)
  })

  test("sends who has no session to sign in, and changes nothing", async () => {
    const before = await everything(owner)
    const closed = Object.entries(actions).filter(([, door]) => door.for !== "everybody")
    const wrong = await inTurns(closed.flatMap(([name, door]) => [true, false].map((withScript) => async () => {
      const { status, headers } = await act(name, sentTo(door, "first"), { actor: null, page: openTo(door), withScript })
      const to = withScript ? headers["x-action-redirect"] : headers["location"]
      return /^\/aanmelden(;|$)/.test(String(to)) ? [] : [`${name}: ${status} ${to}`]
    })))
    expect(wrong).toEqual([])
    expect(await everything(owner)).toEqual(before)
  })

  test("refuses whoever has no right to what it names, and changes nothing", async () => {
    const before = await everything(owner)
    const wrong = await inTurns(Object.entries(actions).flatMap(([name, door]) => actors.flatMap((actor) => thingsFor(door).filter((_things, index) => index === 0 || isOfKind(actor, door)).map((things) => async () => {
      if (passes(actor, { door, things: Object.values(things) })) return []
      const ids = Object.fromEntries(Object.entries(things).map(([field, thing]) => [field, thing.id]))
      const answer = await act(name, { ...sentTo(door, "first"), ...ids }, { actor })
      const note = `${actor} ${name} ${Object.values(things).map((thing) => thing.note).join(", ")}: ${answer.status} ${answer.text.slice(0, 300)}`
      return [...(isRefused(answer) ? [] : [note]), ...leaksIn(answer.text, actor).map((word) => `${note} tells ${word}`)]
    }))))
    expect(wrong).toEqual([])
    expect(await everything(owner)).toEqual(before)
  })

  test("refuses what is no form, a list where one word belongs, a file for a word, and ten megabytes of it; the portal stays well", async () => {
    const before = await everything(owner)
    const large = "a".repeat(10_000_000)
    const wrong = await inTurns(Object.entries(actions).filter(([name]) => !isSilent(name)).flatMap(([name, door]) => {
      const fields = Object.entries(sentTo(door, "first"))
      const first = fields[0]?.[0]
      const file = new Blob(["x"])
      const odd: [string, readonly [string, string | Blob][], readonly unknown[] | undefined][] = [
        ["not a form", fields, [{ status: "idle" }, { deliveryId: "x" }]],
        ["a text for the form", fields, [{ status: "idle" }, "x"]],
        ["nothing", [], []],
        ["null", [], [null, null]],
        ["a zero in each word", fields.map(([name, value]) => [name, typeof value === "string" ? `${value}\0` : value] as const), undefined],
        ["twice", [...fields, ...fields.slice(0, 1)], undefined],
        ["a file", [[first ?? "x", file], ...fields.slice(1)], undefined],
        ["only the framework's fields", [["$ACTION_ID_x", "x"], ["$ACTION_REF_1", ""], ["__proto__", "x"], ["constructor", "x"]], undefined],
      ]
      if (/signIn|stageAction/.test(name)) odd.push(["ten megabytes", [[first ?? "x", large]], undefined])
      return odd.map(([what, sent, given]) => async () => {
        const answer = await act(name, sent, { actor: openTo(door), given })
        return (isRefused(answer) && !answer.text.includes('"code":"unexpected"')) || (!first && given === undefined) ? [] : [`${name} with ${what}: ${answer.status} ${answer.text.slice(0, 300)}`]
      })
    }))
    expect(wrong).toEqual([])
    expect(await everything(owner)).toEqual(before)
    expect((await ask("/api/health/ready", {})).status).toBe(200)
  })
})

test("a reader passes every page, and is refused by everything that changes something of the office or the employer", async () => {
  const before = await everything(owner)
  const kinds = ["office", "employer"] as const
  const shut = Object.entries(actions).filter(([, door]) => door.for !== "everybody" && !door.readers)
  const byAction = await inTurns(shut.flatMap(([name, door]) => kinds.filter((kind) => isOfKind(kind, door)).map((kind) => async () => {
    const answer = await act(name, sentTo(door, "first"), { actor: kind, cookie: cast.readers[kind] })
    return /"code":"(reader|owners-only)"/.test(answer.text) ? [] : [`${kind} ${name}: ${answer.status} ${answer.text.slice(0, 300)}`]
  })))
  const handing = Object.entries(handlers).filter(([at, door]) => /^(POST|PUT|PATCH|DELETE)/.test(at) && !door.readers)
  const byHandler = await inTurns(handing.flatMap(([at, door]) => kinds.filter((kind) => isOfKind(kind, door)).map((kind) => async () => {
    const [method = "", path = ""] = at.split(" ")
    const { status, text } = await knock(portal.url, path.replace(/\[\w+\]/, nowhere), { method, headers: { Origin: portal.url, Cookie: cast.readers[kind] }, body: Buffer.from("") })
    return status === 403 && text.includes('"code":"reader"') ? [] : [`${kind} ${at}: ${status} ${text.slice(0, 200)}`]
  })))
  expect([byAction, byHandler]).toEqual([[], []])
  expect(await everything(owner)).toEqual(before)
  const seen = everyAddress().filter(({ door, isPage, isFirst, path }) => isPage && isFirst && door.for !== "everybody" && !/collegas|koppelingen|mailteksten/.test(path))
  const closed = await inTurns(seen.flatMap((address) => kinds.filter((kind) => passes(kind, address)).map((kind) => async () => {
    const answer = await ask(address.path, { Cookie: cast.readers[kind] })
    return whatHappened(answer) === "passed" ? [] : [`${kind} ${address.path}: ${answer.status}`]
  })))
  expect(closed).toEqual([])
  expect([shut.length, handing.length, seen.length].every((count) => count > 5)).toBe(true)
})

test("who sees the overviews alone passes the pages that are for that and finds one file, and nothing and nobody else; and changes nothing", async () => {
  const { cookie, fileId } = cast.overviews
  const words = (text: string) => leaksIn(text, null).filter((word) => !["Moerasandoorn", "Wezelkruid"].includes(word))
  const isTheirs = ({ door, path, things }: Address) => (door.overviews || !path.startsWith("/werkgever")) && !door.owners && things.every(({ id }) => id === fileId)
  const knocked = everyAddress()
  const byAddress = await inTurns(knocked.flatMap((address) => Object.values(ways).slice(0, address.isPage ? 2 : 1).map((headers) => async () => {
    const answer = await ask(address.path, { ...headers, Cookie: cookie })
    const passed = address.door.for === "everybody" || (isOfKind("employer", address.door) && isTheirs(address))
    const expected = address.path === "/werkgever" ? "to /werkgever/dossier" : passed ? "passed" : "not found"
    const note = `${address.path} (${address.things.map((thing) => thing.note).join(", ")}): ${answer.status}`
    return [...(whatHappened(answer) === expected ? [] : [`${note} ${whatHappened(answer)}`]), ...words(answer.text).map((word) => `${note} tells ${word}`)]
  })))
  expect(byAddress).toEqual([])
  expect(knocked.filter((address) => isOfKind("employer", address.door) && address.things.some(({ id }) => id === fileId) && isTheirs(address)).length).toBe(3)
  const before = await everything(owner)
  const tried = Object.entries(actions).filter(([, door]) => isOfKind("employer", door) && door.for !== "everybody" && (!door.readers || Object.values(door.ids ?? {}).some((what) => what !== "role")))
  const byAction = await inTurns(tried.flatMap(([name, door]) => thingsFor(door).filter((chosen) => Object.values(chosen).every(({ id }) => id !== fileId) || !door.readers).map((chosen) => async () => {
    const ids = Object.fromEntries(Object.entries(chosen).map(([field, { id }]) => [field, id]))
    const answer = await act(name, { ...sentTo(door, "first"), ...ids }, { actor: "employer", cookie })
    const found = /"code":"(reader|owners-only|not-found)"/.test(answer.text) ? [] : [`${name}: ${answer.status} ${answer.text.slice(0, 300)}`]
    return [...found, ...words(answer.text).map((word) => `${name} tells ${word}`)]
  })))
  expect(byAction).toEqual([])
  expect(await everything(owner)).toEqual(before)
  expect(tried.length).toBeGreaterThan(20)
})

test("whoever's role ended finds every page and handler of it closed at once, in the middle of a session", async () => {
  const end = (at: Date | null) => owner.query("update account_role set ended_at = $1 where party_id = any ($2)", [at, [cast.viewers.office.partyId, cast.viewers.employer.partyId, cast.viewers.employee.partyId]])
  await end(new Date())
  const closed = everyAddress().filter(({ door, isFirst }) => door.for !== "everybody" && isFirst)
  const wrong = await inTurns(closed.flatMap(({ path, isPage, door }) => (["office", "employer", "employee"] as const).filter((actor) => isOfKind(actor, door)).map((actor) => async () => {
    const answer = await ask(path, { Cookie: cast.cookies[actor] })
    const isClosed = isPage ? whatHappened(answer) === "to sign in" : answer.status === 401
    return [...(isClosed ? [] : [`${actor} ${path}: ${answer.status}`]), ...leaksIn(answer.text, null)]
  })))
  await end(null)
  expect(wrong).toEqual([])
})

describe("whoever is blocked", () => {
  const blocked = ["office", "employer", "employee"] as const
  const block = (at: Date | null) => owner.query("update account set blocked_at = $1 where id = any ($2)", [at, blocked.map((actor) => cast.viewers[actor].accountId)])
  beforeAll(() => block(new Date()))
  afterAll(() => block(null))

  test("finds every page and handler closed at once, in the middle of a session", async () => {
    const closed = everyAddress().filter(({ door, isFirst }) => door.for !== "everybody" && isFirst)
    const wrong = await inTurns(closed.flatMap(({ path, isPage, door }) => blocked.filter((actor) => isOfKind(actor, door)).map((actor) => async () => {
      const found: string[] = []
      for (const headers of Object.values(ways).slice(0, isPage ? 2 : 1)) {
        const answer = await ask(path, { ...headers, Cookie: cast.cookies[actor] })
        const isClosed = isPage ? whatHappened(answer) === "to sign in" : answer.status === 401 && answer.text.includes('"code":"signed-out"')
        found.push(...(isClosed ? [] : [`${actor} ${path}: ${answer.status}`]), ...leaksIn(answer.text, null))
      }
      return found
    })))
    expect(wrong).toEqual([])
    expect(closed.length).toBeGreaterThan(30)
  })

  test("is sent to sign in by every action, and changes nothing", async () => {
    const before = await everything(owner)
    const closed = Object.entries(actions).filter(([, door]) => door.for !== "everybody")
    const wrong = await inTurns(closed.flatMap(([name, door]) => blocked.filter((actor) => isOfKind(actor, door)).flatMap((actor) => [true, false].map((withScript) => async () => {
      const { status, headers } = await act(name, sentTo(door, "first"), { actor, withScript })
      const to = withScript ? headers["x-action-redirect"] : headers["location"]
      return /^\/aanmelden(;|$)/.test(String(to)) ? [] : [`${actor} ${name}: ${status} ${to}`]
    }))))
    expect(wrong).toEqual([])
    expect(await everything(owner)).toEqual(before)
  })

  test("cannot sign in with the right password, is told no more than who has a wrong one, and can again when let in", async () => {
    const signIn = (password: string) => act("(toegang)/aanmelden/actions.ts signInAction", { username: cast.viewers.employee.username, password }, { actor: null, page: "employee" })
    for (const password of [goodPassword, "een heel ander wachtwoord"]) {
      const answer = await signIn(password)
      expect([isRefused(answer), Buffer.from(answer.text, "latin1").toString().includes(nl.errors["sign-in-failed"]), answer.headers["set-cookie"]]).toEqual([true, true, undefined])
    }
    await block(null)
    expect((await signIn(goodPassword)).headers["x-action-redirect"]).toMatch(/^\/werknemer/)
  })
})

/** Actions that answer nothing, whatever happened. */
function isSilent(name: string): boolean {
  return /chooseLanguageAction|signOutAction/.test(name)
}

/** Somebody of the first house, or of the third where the first has nobody, to whom a door is open. */
function openTo(door: Door): Actor {
  if (door.for === "everybody" || door.for.includes("office")) return "office"
  return door.for.includes("employer") ? "employer" : "employee"
}

/** Every choice of things for the fields of an action. */
function thingsFor(door: Door): Record<string, Something>[] {
  return Object.entries(door.ids ?? {}).reduce<Record<string, Something>[]>(
    (before, [name, what]) => before.flatMap((chosen) => cast.things.filter((thing) => thing.what === what).map((thing) => ({ ...chosen, [name]: thing }))),
    [{}],
  )
}

/** The fields of an action filled in well, with the office's own things of a house. */
function sentTo(door: Door, house: string): Record<string, string | Blob> {
  const mine = (what: Something["what"]) => cast.things.find((thing) => thing.what === what && thing.house === house && thing.seenBy.includes("office"))?.id ?? ""
  const ids = Object.fromEntries(Object.entries(door.ids ?? {}).map(([field, what]) => [field, mine(what)]))
  const people = new Blob(["nummer;achternaam\n9;Nieuw"], { type: "text/csv" })
  return { ...door.needs, ...ids, ...(door.needs?.["source"] ? { file: people } : {}) }
}

/** `cookie` instead of that of the actor. */
type How = { actor: Actor | null; cookie?: string; page?: Actor; headers?: Readonly<Record<string, string>>; withScript?: boolean; given?: readonly unknown[] }

/** Posts to an action: as React does it, or as a form without JavaScript. Without headers it comes from our own page. */
async function act(name: string, fields: Readonly<Record<string, string | Blob>> | readonly (readonly [string, string | Blob])[], how: How): Promise<Answer> {
  const { actor, headers: { own = "", ...headers } = { own: "yes" }, withScript = true, given } = how
  const { id, pages: on } = builtActions().get(name) ?? { id: "", pages: [] }
  const kind = { office: "/kantoor", employer: "/werkgever", employee: "/werknemer" }[cast.viewers[actor ?? how.page ?? "office"].kind]
  const page = on.find((one) => one.startsWith(kind)) ?? on[0] ?? ""
  const path = fill(page, { for: "everybody" }, { id: idOf(page.includes("collegas") ? "staff" : page.includes("zendingen") ? "delivery" : page.includes("/kantoor") ? "employer" : "employee"), werknemer: idOf("employee") })
  const before = isSilent(name) ? [] : [{ status: "idle" }]
  const entries = "length" in fields && Array.isArray(fields) ? fields : Object.entries(fields)
  const { body, headers: ofForm } = await encoded(withScript ? actionForm(entries, given ?? [...before, "$K1"]) : plainForm(id, entries, before))
  const sent: Record<string, string> = { ...ofForm, ...headers }
  if (withScript) sent["Next-Action"] = id
  if (actor) sent["Cookie"] = how.cookie ?? cast.cookies[actor]
  if (own) sent["Origin"] = portal.url
  return knock(portal.url, path, { method: "POST", body, headers: sent })
}

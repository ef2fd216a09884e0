import { describe, expect, test } from "vitest"
import { filesUnder, importsOf, withoutComments, type Import } from "./support/source-files.ts"

/** The rooms of src/, and who may import whom. */
const files = filesUnder("src", /\.tsx?$/)
const imports = files.flatMap(importsOf)

const portals = ["app/werknemer", "app/werkgever", "app/kantoor"]
const apis = ["app/api"]
const rooms = [
  ...portals,
  ...apis,
  "app",
  "auth",
  "policy",
  "domain",
  "jobs",
  "integrations",
  "mail",
  "messages",
  "ui",
  "platform",
  "instrumentation.ts",
] as const
type Room = (typeof rooms)[number]

/** What each room may import beside itself. "types of" a room: only what is gone after compiling. */
const mayImport: Record<Room, readonly string[]> = {
  "app/werknemer": ["app", "auth", "domain", "policy", "ui", "messages"],
  "app/werkgever": ["app", "auth", "domain", "policy", "ui", "messages"],
  "app/kantoor": ["app", "auth", "domain", "policy", "ui", "messages"],
  "app/api": ["auth", "domain"],
  app: ["auth", "domain", "policy", "ui", "messages"],
  auth: ["domain/accounts", "domain/api-keys", "domain/parties", "domain/sessions", "policy", "platform"],
  policy: [],
  domain: ["policy", "platform"],
  jobs: ["domain", "integrations", "mail", "platform"],
  integrations: ["platform", "types of domain"],
  mail: ["messages"],
  messages: [],
  ui: ["messages", "types of domain", "types of policy"],
  platform: [],
  "instrumentation.ts": [],
}

/** Wider than the table, each with its reason. One that is not needed any more fails too. */
const exceptions: readonly { from: string; to: string; why: string }[] = [
  { from: "app", to: "src/platform/clock.ts", why: "a request is given its moment where it comes in; from there it is handed on as `now`" },
  { from: "app/werknemer", to: "src/platform/clock.ts", why: "the same" },
  { from: "app/werkgever", to: "src/platform/clock.ts", why: "the same" },
  { from: "app/kantoor", to: "src/platform/clock.ts", why: "the same" },
  { from: "app/api", to: "src/platform/database.ts", why: "health/ready asks whether the database answers" },
  { from: "app/api", to: "src/platform/clock.ts", why: "the same" },
  { from: "app/api", to: "policy", why: "kinds of viewer and the five refusals are the words of every door" },
  { from: "app/api", to: "src/ui/file-naming.ts", why: "a file is saved under the title that the screen shows" },
  { from: "app/api", to: "src/ui/recall-words.ts", why: "a data-breach file is told in the words of the screen" },
  { from: "app/api", to: "mail", why: "a preview shows a mail as it is set when it goes out" },
  { from: "auth", to: "messages", why: "a door turns a refusal into a sentence" },
  { from: "ui", to: "policy", why: "pure tables and notations: a name, a postcode, a period are written one way everywhere" },
  { from: "ui", to: "types of auth", why: "a form is made for the action that a door made" },
  { from: "instrumentation.ts", to: "src/auth/front.ts", why: "what a page needs of a request is known only before the framework sees it" },
]

function roomOf(path: string): Room | undefined {
  return rooms.find((room) => path === `src/${room}` || path.startsWith(`src/${room}/`))
}

/** Whether `to`, as a table writes it, is where this import goes. */
function covers(to: string, { to: path, isType }: Import): boolean {
  const place = to.replace(/^types of /, "")
  return (isType || place === to) && (path === place || path.startsWith(`src/${place}/`))
}

const ours = imports.filter((one) => one.to.startsWith("src/"))
const acrossRooms = ours.filter((one) => roomOf(one.from) !== roomOf(one.to))
const exceptionFor = (one: Import) => exceptions.find(({ from, to }) => from === roomOf(one.from) && covers(to, one))
const say = (one: Import) => `${one.from} imports ${one.to}`

describe("the rooms", () => {
  test("every file of src/ stands in one", () => {
    expect(files.filter((file) => roomOf(file.path) === undefined).map((file) => file.path)).toEqual([])
    expect(imports.length).toBeGreaterThan(500)
  })

  test.each(rooms)("%s imports only what its line of the table allows", (room) => {
    const wrong = acrossRooms.filter(
      (one) => roomOf(one.from) === room && !mayImport[room]?.some((to) => covers(to, one)) && !exceptionFor(one),
    )
    expect(wrong.map(say)).toEqual([])
  })

  test("no exception outlives its use", () => {
    const used = acrossRooms.filter((one) => !mayImport[roomOf(one.from) ?? "app"]?.some((to) => covers(to, one))).map(exceptionFor)
    expect(exceptions.filter((one) => !used.includes(one))).toEqual([])
  })

  test("no portal imports another, and what the portals share imports none of them", () => {
    const intoPortal = acrossRooms.filter((one) => portals.some((portal) => one.to.startsWith(`src/${portal}/`)))
    expect(intoPortal.map(say)).toEqual([])
  })

  test("a noun of the domain uses another noun's use cases, never its repository", () => {
    const noun = (path: string) => path.split("/").slice(0, 3).join("/")
    const wrong = ours.filter((one) => one.to.endsWith("-repository.ts") && noun(one.from) !== noun(one.to))
    expect(wrong.map(say)).toEqual([])
  })

  test("what is ours is imported by its own file, with its ending", () => {
    expect(ours.filter((one) => !/\.(tsx?|json|css|woff2|mjs)$/.test(one.to)).map(say)).toEqual([])
  })
})

test("a program for users knows the public API alone: it imports Node's own modules and itself, and src nothing of it", () => {
  const programs = filesUnder("clients", /\.(ts|mjs)$/).flatMap(importsOf)
  expect(programs.length).toBeGreaterThan(20)
  expect(programs.filter((one) => !one.to.startsWith("node:") && !one.to.startsWith("clients/")).map(say)).toEqual([])
  expect(imports.filter((one) => one.to.startsWith("clients/")).map(say)).toEqual([])
})

describe("packages", () => {
  const outside = imports.filter((one) => !one.to.startsWith("src/"))
  const importersOf = (pattern: RegExp) => [...new Set(outside.filter((one) => pattern.test(one.to)).map((one) => one.from))]

  test.each(["domain", "policy", "jobs", "platform", "integrations", "mail"])("%s knows nothing of next and react", (room) => {
    expect(importersOf(/^(next|next-intl|next-auth|react|react-dom)$/).filter((path) => path.startsWith(`src/${room}/`))).toEqual([])
  })

  test("next-auth stays inside auth", () => {
    expect(importersOf(/^(next-auth|@auth\/.*)$/).filter((path) => !path.startsWith("src/auth/"))).toEqual([])
  })

  test("each outside thing has one file of platform", () => {
    const things = [
      "argon2",
      "otplib",
      "nodemailer",
      "pdf-lib",
      "@neslinesli93/qpdf-wasm/dist/qpdf.js",
      "@hyzyla/pdfium",
      "age-encryption",
      "client-zip",
      "@aws-sdk/client-s3",
      "fast-xml-parser",
      "pino",
      "smtp-server",
    ]
    const homes = things.map((name) => ({ name, files: importersOf(new RegExp(`^${name}$`)) }))
    expect(homes.filter((one) => one.files.length > 1 || one.files.some((path) => !path.startsWith("src/platform/")))).toEqual([])
  })

  test("Prisma stays inside platform", () => {
    expect(importersOf(/^@prisma\//).filter((path) => !/^src\/platform\/(database|migrate)\.ts$/.test(path))).toEqual([])
    const generated = ours.filter((one) => one.to.includes("/generated/") && one.from !== "src/platform/database.ts")
    expect(generated.map(say)).toEqual([])
  })

  test("policy imports no package at all, not even Node's own", () => {
    expect(outside.filter((one) => one.from.startsWith("src/policy/")).map(say)).toEqual([])
  })
})

/** Where a pattern stands in the code of src/, comments left out. */
function placesOf(pattern: RegExp): string[] {
  return files.filter((file) => pattern.test(withoutComments(file.text))).map((file) => file.path)
}

describe("queries", () => {
  const isRepository = (path: string) => /^src\/domain\/[^/]+\/[a-z-]+-repository\.ts$/.test(path)

  test("stand in repositories only", () => {
    const query = /\$(queryRaw|executeRaw)\b|\b(tx|system|transaction)\.\w+\.(find|create|update|upsert|delete|count|groupBy|aggregate)/
    expect(placesOf(query).filter((path) => !isRepository(path) && path !== "src/platform/database.ts")).toEqual([])
    expect(placesOf(query).filter(isRepository).length).toBeGreaterThan(5)
  })

  test("with pasted text are made by the job queue only, in platform/database.ts", () => {
    expect(placesOf(/\$queryRawUnsafe|\$executeRawUnsafe|Prisma\.raw/)).toEqual(["src/platform/database.ts"])
  })

  test("run in a transaction that the domain opens, for a viewer or with a reason", () => {
    const opened = placesOf(/\b(asViewer|asSystem|asSystemOnce)\b/).filter((path) => path !== "src/platform/database.ts")
    expect(opened.filter((path) => !path.startsWith("src/domain/") || isRepository(path))).toEqual([])
    expect(opened.length).toBeGreaterThan(10)
  })
})

test("the environment is read in platform/env.ts only", () => {
  expect(placesOf(/process\.env\b|import\.meta\.env\b/)).toEqual(["src/platform/env.ts"])
})

test("policy and domain look at no clock and throw no dice", () => {
  const fetched = /new Date\(\)|Date\.now\(|performance\.now|Math\.random|setTimeout|setInterval/
  expect(placesOf(fetched).filter((path) => /^src\/(policy|domain)\//.test(path))).toEqual([])
})

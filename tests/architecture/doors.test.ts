import { expect, test } from "vitest"
import { filesUnder, importsOf, withoutComments, type SourceFile } from "../support/source-files.ts"

/** Every page, handler and action of src/app/ is open to the whole world until a door of src/auth/ says for whom it is. */
const app = filesUnder("src/app", /\.tsx?$/).map((file) => ({ ...file, text: withoutComments(file.text) }))
const pages = app.filter((file) => /(^|\/)page\.tsx$/.test(file.path))
const routes = app.filter((file) => /(^|\/)route\.tsx?$/.test(file.path))
const actions = app.filter((file) => /^\s*["']use server["']/m.test(file.text) && !file.path.endsWith(".ontwerp.tsx"))
/** What Next shows around or instead of a page. It runs without the page's door. */
const around = app.filter((file) => /(^|\/)(layout|template|error|global-error|not-found|loading|default)\.tsx$/.test(file.path))

const pageDoor = /\b(pageFor|pageForAll|confirmedPage|publicPage)\(/
const actionDoor = /\b(actionFor|readersActionFor|confirmedActionFor|publicAction)\(/
const routeDoor = /\b(routeFor|publicRoute|apiFor|bouncesDoor)\(/

/** Handlers without a door, and why. */
const openHandlers: Readonly<Record<string, string>> = {
  "src/app/api/health/live/route.ts GET": "says only that the process answers",
  "src/app/api/health/ready/route.ts GET": "says only whether pages can be served",
  "src/app/api/health/storage/route.ts GET": "says only whether the place for files is there",
  "src/app/api/v1/route.ts GET": "tells how to use the API, the same to everybody",
  "src/app/api/v1/openapi.json/route.ts GET": "the same for a program",
  "src/app/api/files/[id]/route.ts HEAD": "always 405: asking for headers would count as reading",
  "src/app/api/backups/[id]/route.ts HEAD": "always 405: asking for headers would count as downloading",
  "src/app/api/files/zip/route.ts HEAD": "always 405, for the same reason",
}

/** What a file exports as a value: each with its name and its text up to the next thing on the outer level. */
function exportsOf({ text }: SourceFile): { name: string; body: string }[] {
  const pieces = text.split(/^(?=(?:export |const |let |async function |function |type |class ))/m)
  return pieces.flatMap((body) => {
    const name = /^export (?:default )?(?:async )?(?:function|const|let|class)\s+(\w+)/.exec(body)?.[1]
    return name ? [{ name, body }] : []
  })
}

function importsDoor(file: SourceFile): boolean {
  return importsOf(file).some((one) => /^src\/auth\/(page|action|route|api|provider)-door\.ts$/.test(one.to) && !one.isType)
}

/** The names that a file has from a room, other than types. */
function namesFrom({ text }: SourceFile, room: string): string[] {
  const found = text.matchAll(new RegExp(`import \\{([^}]*)\\} from "#${room}/`, "g"))
  return [...found]
    .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()))
    .filter((name) => name && !name.startsWith("type "))
}

test("there are pages, handlers and actions to look at", () => {
  expect([pages.length, routes.length, actions.length].every((count) => count > 3)).toBe(true)
})

test("every page goes through a door before it asks anything", () => {
  const parts = pages.flatMap((page) =>
    exportsOf(page).map(({ name, body }) => ({ page, name, body, isPage: body.startsWith("export default") })),
  )
  const asks = ({ page, body }: (typeof parts)[number]) => namesFrom(page, "domain").some((name) => new RegExp(`\\b${name}\\(`).test(body))
  const wrong = parts.filter((part) => (part.isPage || asks(part)) && !pageDoor.test(part.body))
  expect(wrong.map(({ page, name }) => `${page.path} ${name}`)).toEqual([])
  expect(pages.filter((page) => !importsDoor(page)).map((page) => page.path)).toEqual([])
})

test("every handler is made by a door", () => {
  const handlers = routes.flatMap((route) =>
    exportsOf(route)
      .filter(({ name }) => /^[A-Z]+$/.test(name))
      .map(({ name, body }) => ({ name: `${route.path} ${name}`, body })),
  )
  const open = handlers.filter(({ body }) => !routeDoor.test(body)).map(({ name }) => name)
  expect(open.filter((name) => !(name in openHandlers))).toEqual([])
  expect(
    Object.keys(openHandlers).filter((name) => !open.includes(name)),
    "no longer there",
  ).toEqual([])
})

test("every action is made by a door, or hands on to one that is", () => {
  const wrong = actions.flatMap((file) => {
    const made = [...file.text.matchAll(/^const (\w+) = (?:actionFor|readersActionFor|confirmedActionFor|publicAction)\(/gm)].map(([, name = ""]) => name)
    const handsOn = (body: string) => made.some((name) => new RegExp(`await ${name}\\(`).test(body))
    return exportsOf(file)
      .filter(({ body }) => !actionDoor.test(body) && !handsOn(body))
      .map(({ name }) => `${file.path} ${name}`)
  })
  expect(wrong).toEqual([])
  expect(actions.filter((file) => !importsDoor(file)).map((file) => file.path)).toEqual([])
})

test("an action stands in a file of actions, where nothing can be read along by accident", () => {
  expect(actions.filter((file) => !/^\s*["']use server["']/.test(file.text)).map((file) => file.path)).toEqual([])
})

test("what stands around a page asks the domain nothing", () => {
  const asking = around.filter((file) => importsOf(file).some((one) => /^src\/(domain|platform)\//.test(one.to) && !one.isType))
  expect(asking.map((file) => file.path)).toEqual([])
})

test("the gallery of the design is no page of the product", () => {
  const gallery = app.filter((file) => file.path.startsWith("src/app/(ontwerp)/"))
  expect(gallery.filter((file) => !file.path.endsWith(".ontwerp.tsx")).map((file) => file.path)).toEqual([])
})

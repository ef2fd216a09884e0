import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { bareCode, filesUnder, foldersUnder } from "../support/source-files.ts"

/** How files are named, sized and written here, as far as a machine can see it. */
const folders = ["src", "scripts", "tests", "prisma", "docs", "clients"].filter((folder) => foldersUnder(".").includes(folder))
const everything = filesUnder(
  ".",
  /\.(tsx?|mjs|css|json|md|ya?ml|prisma|sql|html|svg|sh|example)$|^(Dockerfile|run|\.gitignore|\.dockerignore)$/,
)
const code = everything.filter((file) => /\.(tsx?|mjs|css)$/.test(file.path))

/** Over 250 lines, and why it is still one file. */
const longFiles: Readonly<Record<string, string>> = {
  "tests/e2e/doors.test.ts": "one portal, built and started once, on whose doors everybody knocks",
  "tests/e2e/own-uploads.test.ts": "one portal, to which files are sent by hand, from a browser and by a plain form",
  "tests/e2e/second-step.test.ts": "one portal, signed in to in every way that there is, and knocked on before it may",
  "tests/support/doors.ts": "one table, with a line for every page, handler and action",
  "tests/e2e/viewing.test.ts": "one portal and one dossier, looked at over HTTP, by keyboard and on a phone",
}

test("no folder or file is called after no thing at all", () => {
  const nameless = /(^|\/)(lib|libs|utils?|helpers?|common|services?|shared|misc|index)(\.|$)/
  const paths = [...folders.flatMap((folder) => [folder, ...foldersUnder(folder)]), ...code.map((file) => file.path)]
  expect(paths.filter((path) => nameless.test(path.split("/").at(-1) ?? ""))).toEqual([])
})

test("names are in small letters with hyphens", () => {
  const names = code.map((file) => file.path).filter((path) => /^(src|tests|clients)\//.test(path))
  expect(names.filter((path) => !/^[a-z0-9.-]+$/.test(path.split("/").at(-1) ?? ""))).toEqual([])
})

test("a file of more than 250 lines has a reason", () => {
  const long = code.filter((file) => file.text.split("\n").length - 1 > 250).map((file) => file.path)
  expect(long.filter((path) => !(path in longFiles))).toEqual([])
  expect(
    Object.keys(longFiles).filter((path) => !long.includes(path)),
    "no longer so long",
  ).toEqual([])
})

test("nothing says any, and nothing is called what it is not: only `as const`", () => {
  const pretending = /:\s*any\b|<any>|any\[\]|(?<=[\w)\]}])\s+as\s+(?!const\b)[A-Za-z{(["]/
  const renaming = /^(import|export)\b[^;]*?\bfrom\s/gm
  const wrong = code.filter(
    ({ path, text }) =>
      /^(src|scripts|clients)\/.*\.tsx?$/.test(path) &&
      pretending.test(
        bareCode(text)
          .replace(renaming, "")
          .replace(/>[^<>{}]*</g, "><"),
      ),
  )
  expect(wrong.map((file) => file.path)).toEqual([])
})

test("the compiler is silenced nowhere", () => {
  expect(naming(/@ts-(ignore|nocheck|expect-error)|eslint-disable/)).toEqual([])
})

test("nothing is left to do later", () => {
  expect(naming(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([])
})

test("nothing names the machine it was made on, or the host of a registry", () => {
  const here = join(import.meta.dirname, "../..").replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  expect(
    naming(new RegExp(String.raw`(?<![\w.$})-])/(work|root)/\w|${here}/|registry\.(npmjs|yarnpkg)|npm\.pkg\.github|artifactory|verdaccio`)),
  ).toEqual([])
})

test("under forty packages run in the product, and ten more make and test it; types of others not counted", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"))
  expect(Object.keys(dependencies).length).toBeLessThan(40)
  expect(Object.keys(devDependencies).filter((name) => !name.startsWith("@types/")).length).toBeLessThan(11)
})

/** The files in which a pattern stands anywhere, this one left out: it has to name what it looks for. */
function naming(pattern: RegExp): string[] {
  return everything.filter(({ path, text }) => path !== "tests/architecture/tree.test.ts" && pattern.test(text)).map((file) => file.path)
}

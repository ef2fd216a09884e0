import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

const root = join(import.meta.dirname, "../..")
const textOf = (name: string) => readFileSync(join(root, name), "utf8")

const known = new Set([...textOf("src/platform/env.ts").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = ""]) => name))
const compose = textOf("docker-compose.yml")
const sharedBlock = compose.slice(compose.indexOf("environment: &environment"), compose.indexOf("volumes:"))
const given = [...sharedBlock.matchAll(/^ {4}([A-Z0-9_]+):/gm)].map(([, name = ""]) => name)
const example = [...textOf(".env.example").matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name = ""]) => name)
const asked = [...compose.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = ""]) => name)

test("every variable the containers are given is one the product reads", () => {
  expect(given.length).toBeGreaterThan(8)
  expect(given.filter((name) => !known.has(name))).toEqual([])
})

test("every variable the product reads is given to the containers, or set in the image", () => {
  const inImage = ["NODE_ENV", "PORT"]
  expect([...known].filter((name) => !given.includes(name) && !inImage.includes(name))).toEqual([])
})

test("the example names everything that is asked of .env, and nothing else", () => {
  expect(new Set(example)).toEqual(new Set(asked))
})

test("every variable is explained", () => {
  const explained = textOf("docs/operations.md")
  expect([...known, ...example].filter((name) => !explained.includes(`\`${name}\``))).toEqual([])
})

test("what the image starts is there to be started", () => {
  for (const [, path = ""] of compose.matchAll(/"node", "((?:src|scripts)\/[^"]+)"/g)) expect(textOf(path).length, path).toBeGreaterThan(0)
})

test("nothing but the pages and the inbox is published, and only on this machine", () => {
  expect([...compose.matchAll(/ports: \["([^"]+)"\]/g)].map(([, port]) => port)).toEqual(["127.0.0.1:3000:3000", "127.0.0.1:8025:8025"])
})

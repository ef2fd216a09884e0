import { writeFileSync } from "node:fs"
import { relative } from "node:path"
import { stripVTControlCharacters } from "node:util"
import type { Reporter, TestModule } from "vitest/node"

type Fault = { message: string; stack?: string }

/** Writes what failed, a line each, into the file that WHAT_FAILED names: for the summary of `npm test`, of which a reader may see the end alone. */
export default class WhatFailed implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly Fault[]): void {
    const file = process.env.WHAT_FAILED
    if (!file) return
    const lines = modules.flatMap((module) => [
      ...module.errors().map((error) => line(module.moduleId, "the file itself", error)),
      ...[...module.children.allSuites()].flatMap((suite) => suite.errors().map((error) => line(module.moduleId, suite.fullName, error))),
      ...[...module.children.allTests("failed")].flatMap((test) => (test.result().errors ?? []).map((error) => line(module.moduleId, test.fullName, error))),
    ])
    writeFileSync(file, [...lines, ...unhandled.map((error) => line(error.stack ?? "", "caught by no test", error))].map((one) => `${one}\n`).join(""))
  }
}

/** Where, which, and the first lines of why; `at` is a path, or a stack in which one is found. */
function line(at: string, name: string, { message, stack }: Fault): string {
  const path = at.includes("\n") ? (/[\w./-]*\/(?:tests|src|scripts)\/[\w./-]+/.exec(at)?.[0] ?? "") : at
  const place = /\/tests\/[^)\n]*?:(\d+):\d+/.exec(stack ?? "")?.[1]
  const why = stripVTControlCharacters(message).replaceAll(/\s+/g, " ").slice(0, 240)
  return `${relative(process.cwd(), path)}${place ? `:${place}` : ""} · ${name}: ${why}`
}

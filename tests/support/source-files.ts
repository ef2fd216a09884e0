import { readdirSync, readFileSync } from "node:fs"
import { join, posix } from "node:path"

/** One file of the tree, its path from the top with slashes. */
export type SourceFile = { path: string; text: string }

/** One import: `from` and `to` are paths from the top; `to` is the package's name when it is not ours. `isType`: gone after compiling. */
export type Import = { from: string; to: string; isType: boolean }

const root = join(import.meta.dirname, "../..")
const notOurs = new Set(["node_modules", ".git", ".next", ".data", ".output", "generated", "corpora", "pdfjs"])

/** Every file under a folder, generated ones and what others made left out. */
export function filesUnder(folder: string, ending: RegExp): SourceFile[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries.flatMap((entry): SourceFile[] => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesUnder(path, ending)
    return ending.test(entry.name) ? [{ path, text: readFileSync(join(root, path), "utf8") }] : []
  })
}

/** Every folder under a folder, by its path from the top. */
export function foldersUnder(folder: string): string[] {
  const folders = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !notOurs.has(entry.name),
  )
  return folders.flatMap(({ name }) => [posix.join(folder, name), ...foldersUnder(posix.join(folder, name))])
}

const statement = /(?<![.\w$])(import|export)\s+(type\s+)?([\w$*{][^"'`;()]*?\sfrom\s*)?(["'])([^"'\n]+)\4/g
const call = /(?<![.\w$])(?:import|require)\s*\(\s*(["'`])([^"'`\n]+)\1/g
const thread = /new URL\(\s*(["'])(\.[^"'\n]+)\1\s*,\s*import\.meta\.url/g

/** What a file imports: static, dynamic, exported on, and the files it starts threads with. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text)
  const found: Import[] = []
  for (const [, keyword, type, names = "", , to = ""] of code.matchAll(statement)) {
    if (keyword === "export" && !names) continue
    found.push({ from: path, to: resolve(path, to), isType: type !== undefined || isOnlyTypes(names) })
  }
  for (const [, , to = ""] of [...code.matchAll(call), ...code.matchAll(thread)])
    found.push({ from: path, to: resolve(path, to), isType: false })
  return found
}

function isOnlyTypes(names: string): boolean {
  const inBraces = /^\{([^}]*)\}\s*from\s*$/.exec(names.trim())?.[1]
  const all =
    inBraces
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean) ?? []
  return all.length > 0 && all.every((name) => name.startsWith("type "))
}

function resolve(from: string, to: string): string {
  if (to.startsWith("#")) return `src/${to.slice(1)}`
  if (to.startsWith(".")) return posix.join(posix.dirname(from), to)
  return to.startsWith("@") ? to.split("/").slice(0, 2).join("/") : (to.split("/")[0] ?? to)
}

/** Texts, templates and patterns: whatever looks like a comment or a word inside one is none. */
const literal =
  String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` +
  "`(?:\\\\.|[^`\\\\])*`" +
  String.raw`|(?<=(?:[(=,:[!&|?{};]|\breturn)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`
const comment = String.raw`\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*`

/** The code with its comments blanked out; what looks like one inside a text stays. */
export function withoutComments(text: string): string {
  return text.replace(new RegExp(`(${literal})|${comment}`, "g"), (_all, kept: string | undefined) => kept ?? " ")
}

/** The code without its comments, and with nothing in its texts, templates and patterns. */
export function bareCode(text: string): string {
  return withoutComments(text).replace(new RegExp(literal, "g"), '""')
}

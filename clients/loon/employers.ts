import type { Answer } from "./api.ts"
import { call, type Line } from "./call.ts"
import { exits, Stop, wrongUse } from "./exits.ts"
import type { ForWhom } from "./place.ts"

export type Employer = Answer<"listEmployers">["rows"][number]

/** Everything of a list that comes in pages. */
export async function allOf<Row>(ask: (query: Record<string, string>) => Promise<{ answer: { rows: Row[]; next: string | null } }>): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | null = null; ; ) {
    const { answer }: { answer: { rows: Row[]; next: string | null } } = await ask({ limit: "200", ...(cursor === null ? {} : { cursor }) })
    rows.push(...answer.rows)
    if (answer.next === null || answer.next === cursor) return rows
    cursor = answer.next
  }
}

export async function allEmployers(line: Line): Promise<Employer[]> {
  return allOf((query) => call(line, "listEmployers", { query }))
}

/** Names of employers by id; none where the key may not read them. */
export async function employerNames(line: Line): Promise<Map<string, string>> {
  try {
    return new Map((await allEmployers(line)).map(({ id, name }) => [id, name]))
  } catch (error) {
    if (error instanceof Stop && error.code === "scope-missing") return new Map()
    throw error
  }
}

/** The one employer that is meant: by wage tax number, by its number at the office or id, or by a part of its name that only it has. */
export async function findEmployer(line: Line, asked: string): Promise<Employer> {
  const all = await allEmployers(line)
  const wanted = bare(asked)
  const exact = [all.filter((one) => bare(one.wageTaxNumber) === wanted), all.filter((one) => one.number === asked.trim()), all.filter((one) => one.id === asked)].find((some) => some.length > 0)
  const found = exact ?? all.filter((one) => wanted !== "" && bare(one.name).includes(wanted))
  const [one] = found
  if (one && found.length === 1) return one
  if (!one) throw wrongUse("employer-unknown", `Er is geen werkgever die op ${asked} lijkt. loon werkgevers toont wie er zijn.`)
  const names = found.slice(0, 10).map(({ name, wageTaxNumber }) => `${name} (${wageTaxNumber})`)
  throw wrongUse("employer-unclear", `Er zijn meer werkgevers die op ${asked} lijken: ${names.join(", ")}${found.length > 10 ? ", ..." : ""}. Geef het loonheffingennummer.`, { matches: found.length })
}

/** As findEmployer, for who places something: with a key that may not read employers a wage tax number is enough. Its periods are then taken to be months. */
export async function findForWhom(line: Line, asked: string): Promise<{ whom: ForWhom; name: string; periodKind: string }> {
  try {
    const { id, name, periodKind } = await findEmployer(line, asked)
    return { whom: { employerId: id }, name, periodKind }
  } catch (error) {
    const number = asked.replace(/[ .]/g, "").toUpperCase()
    if (!(error instanceof Stop) || error.exit !== exits.refused || error.code !== "scope-missing" || !/^\d{9}L\d\d$/.test(number)) throw error
    return { whom: { wageTaxNumber: number }, name: number, periodKind: "month" }
  }
}

/** Letters and digits alone, without their marks, so that how it is typed makes no difference. */
function bare(text: string): string {
  return text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase()
}

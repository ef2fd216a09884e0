import { Invalid } from "#policy/errors.ts"
import { setDuplicatesAside, type PeopleRead } from "./read-people.ts"
import { readPerson, type RawPerson } from "./read-person.ts"

/**
 * Reads people that a program sends: a JSON list of objects whose fields are texts named as ImportField. The first is line 1. Throws Invalid: import-empty,
 * import-unreadable for what is no such list.
 */
export function readPeopleJson(bytes: Uint8Array): PeopleRead {
  const rows: unknown = parse(bytes)
  if (!Array.isArray(rows)) throw new Invalid("import-unreadable")
  if (rows.length === 0) throw new Invalid("import-empty")
  const read = rows.map((row, index) => readPerson(toRaw(row, index + 1), index + 1))
  return setDuplicatesAside({
    people: read.flatMap(({ person }) => person ?? []),
    problems: read.flatMap(({ problems }) => problems),
    setAside: read.flatMap(({ person, number }) => (person || !number ? [] : number)),
  })
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new Invalid("import-unreadable")
  }
}

const fields = [
  ...(["number", "initials", "prefix", "surname", "birthDate", "bsn", "email", "street", "houseNumber", "houseNumberAddition"] as const),
  ...(["postcode", "city", "country", "employmentFrom", "employmentTo"] as const),
]

function toRaw(row: unknown, line: number): RawPerson {
  if (typeof row !== "object" || row === null) throw new Invalid("import-unreadable", { line })
  const given = new Map<string, unknown>(Object.entries(row))
  const raw: RawPerson = {}
  for (const field of fields) {
    const text = given.get(field)
    if (typeof text === "string") raw[field] = { text, line }
  }
  return raw
}

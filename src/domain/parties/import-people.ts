import { createHash } from "node:crypto"
import { asViewer, type Transaction } from "#platform/database.ts"
import { blindIndex } from "#platform/secrets.ts"
import { Conflict, Forbidden, Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { comparePeople, type ComparedField, type ImportConflict, type PeopleComparison } from "./compare-people.ts"
import { toExisting, type ExistingEmployee } from "./existing-people.ts"
import { findEngagement } from "./find-engagement.ts"
import { findEmployeesForMatching, holdEmployer } from "./employee-repository.ts"
import type { EmployerData } from "./party-repository.ts"
import { readPeopleCsv } from "./read-people-csv.ts"
import type { ImportProblem, PeopleRead } from "./read-people.ts"
import { readWageTaxReturn } from "./read-wage-tax-return.ts"
import { servedEmployer } from "./served-employer.ts"
import { storePeople } from "./store-people.ts"

export const PEOPLE_SOURCES = ["wage-tax-return", "csv"] as const

/** `bytes` are the file as it was chosen; nothing of it is kept before it is confirmed. */
export type ImportPeopleInput = { employerId: string | null; source: (typeof PEOPLE_SOURCES)[number]; bytes: Uint8Array }

/** Somebody as a preview shows it: number and name parts. Never a BSN. */
export type PreviewPerson = { number: string; initials: string | null; prefix: string | null; surname: string | null; line: number | null }

export type ImportPreview = {
  /** SHA-256 of the file, hexadecimal: confirming names the file that was previewed. */
  fingerprint: string
  employer: { id: string; name: string }
  added: PreviewPerson[]
  changed: (PreviewPerson & { fields: ComparedField[] })[]
  same: number
  gone: PreviewPerson[]
  conflicts: (PreviewPerson & { code: ImportConflict["code"] })[]
  problems: ImportProblem[]
  ignoredColumns: string[]
}

/**
 * What an import would do, with every problem by line. Stores nothing. Throws Invalid for a file that cannot be used at all, Forbidden for an
 * employer with an office: whoever sets a person's e-mail address receives that person's link to choose a password.
 */
export async function previewPeople(viewer: Viewer, input: ImportPeopleInput): Promise<ImportPreview> {
  return asViewer(viewer, async (tx) => {
    const { employer, read, comparison, fingerprint } = await compare(tx, viewer, input)
    return {
      fingerprint,
      employer: { id: employer.id, name: employer.name },
      added: comparison.added.map(preview),
      changed: comparison.changed.map(({ person, existing, fields }) => ({ ...preview({ ...existing, ...named(person) }), fields })),
      same: comparison.same.length,
      gone: comparison.gone.map((person) => preview({ ...person, line: null })),
      conflicts: comparison.conflicts.map(({ person, code }) => ({ ...preview(person), code })),
      problems: read.problems,
      ignoredColumns: read.ignoredColumns,
    }
  })
}

/**
 * Imports what was previewed: adds the new, changes the changed, removes nobody. All of it or nothing; twice changes nothing more.
 * Conflict when the file is not the one of the preview (`fingerprint`).
 */
export async function importPeople(viewer: Viewer, input: ImportPeopleInput & { fingerprint: string }): Promise<{ added: number; changed: number; employerId: string }> {
  return asViewer(viewer, async (tx) => {
    const { employer, comparison, fingerprint } = await compare(tx, viewer, input)
    if (fingerprint !== input.fingerprint) throw new Conflict("import-changed")
    await storePeople(tx, employer.id, comparison)
    const counts = { added: comparison.added.length, changed: comparison.changed.length }
    await recordEvents(tx, [{ chainId: employer.id, kind: "people.imported", subjectId: employer.id, details: { source: input.source, ...counts } }])
    return { ...counts, employerId: employer.id }
  })
}

type Compared = {
  employer: EmployerData
  read: PeopleRead & { ignoredColumns: string[] }
  comparison: PeopleComparison<ExistingEmployee>
  fingerprint: string
}

async function compare(tx: Transaction, viewer: Viewer, input: ImportPeopleInput): Promise<Compared> {
  const employer = await servedEmployer(tx, viewer, input.employerId)
  if (viewer.kind === "employer" && (await findEngagement(tx, employer.id))) throw new Forbidden("import-by-office")
  const read = readSource(input, employer.wageTaxNumber)
  await holdEmployer(tx, employer.id)
  const existing = (await findEmployeesForMatching(tx, employer.id)).map(toExisting)
  const bsnKey = (bsn: string) => Buffer.from(blindIndex("bsn-index", bsn)).toString("hex")
  const comparison = comparePeople(existing, read.people, { setAside: read.setAside, bsnKey })
  return { employer, read, comparison, fingerprint: createHash("sha256").update(input.bytes).digest("hex") }
}

function readSource(input: ImportPeopleInput, wageTaxNumber: string): PeopleRead & { ignoredColumns: string[] } {
  if (input.source === "csv") return readPeopleCsv(input.bytes)
  const read = readWageTaxReturn(input.bytes)
  if (read.wageTaxNumber !== wageTaxNumber) throw new Invalid("import-unknown-employer")
  return { ...read, ignoredColumns: [] }
}

type Named = { number: string; initials?: string | null; prefix?: string | null; surname?: string; line: number | null }

function named({ line, initials, prefix, surname }: Named): Partial<Named> {
  return { line, ...(initials === undefined ? {} : { initials }), ...(prefix === undefined ? {} : { prefix }), ...(surname === undefined ? {} : { surname }) }
}

function preview(person: Named): PreviewPerson {
  const { number, initials, prefix, surname, line } = person
  return { number, initials: initials ?? null, prefix: prefix ?? null, surname: surname ?? null, line }
}

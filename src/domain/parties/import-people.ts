import { createHash } from "node:crypto"
import { inBatches } from "#platform/batches.ts"
import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { blindIndex } from "#platform/secrets.ts"
import { Conflict, Forbidden, Invalid } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { maxShown } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { welcomeDue } from "../invitations/invite-all.ts"
import { readPeopleApart } from "../reading/read-apart.ts"
import type { PeopleFile, PeopleSource } from "../reading/reading-jobs.ts"
import { comparePeople, type ComparedField, type ImportConflict, type PeopleComparison } from "./compare-people.ts"
import { findEmployeesForMatching } from "./employee-repository.ts"
import { toExisting, type ExistingEmployee } from "./existing-people.ts"
import { holdEmployer } from "./import-repository.ts"
import type { EmployerData } from "./party-repository.ts"
import type { ImportedPerson, ImportProblem } from "./read-people.ts"
import { runsPayroll } from "./runs-payroll.ts"
import { servedEmployer } from "./served-employer.ts"
import { storePeople } from "./store-people.ts"

/** `bytes` are the file as it was chosen; nothing of it is kept before it is confirmed. */
export type ImportPeopleInput = { employerId: string | null; source: PeopleSource; bytes: Uint8Array }

/** Somebody as a preview shows it: number and name parts. Never a BSN. */
export type PreviewPerson = { number: string; initials: string | null; prefix: string | null; surname: string | null; line: number | null }

/** The first rows (200 at most) and how many there are. */
export type Shown<Row> = { count: number; rows: Row[] }

export type ImportPreview = {
  /** SHA-256 of the file, hexadecimal: confirming names the file that was previewed. */
  fingerprint: string
  employer: { id: string; name: string }
  added: Shown<PreviewPerson>
  changed: Shown<PreviewPerson & { fields: ComparedField[] }>
  /** Maybe somebody else than who has this number now (`known`): stays out unless confirmed. */
  doubtful: Shown<PreviewPerson & { known: PreviewPerson }>
  same: number
  gone: Shown<PreviewPerson>
  conflicts: Shown<PreviewPerson & { code: ImportConflict["code"] }>
  problems: Shown<ImportProblem>
  ignoredColumns: string[]
}

/**
 * What an import would do, with every problem by line. Stores nothing. Throws Invalid for a file that cannot be used at all, Forbidden for an
 * employer with an office: whoever sets a person's e-mail address receives that person's link to choose a password.
 */
export async function previewPeople(viewer: Viewer, input: ImportPeopleInput): Promise<ImportPreview> {
  const { file, fingerprint } = await readFile(viewer, input)
  return asViewer(viewer, async (tx) => {
    const employer = await employerToImportFor(tx, viewer, input.employerId)
    const comparison = await compare(tx, employer.id, file)
    return {
      fingerprint,
      employer: { id: employer.id, name: employer.name },
      added: shown(comparison.added, preview),
      changed: shown(comparison.changed, ({ person, existing, fields }) => ({ ...preview({ ...existing, ...named(person) }), fields })),
      doubtful: shown(comparison.doubtful, ({ person, existing }) => {
        return { ...preview({ ...existing, ...named(person), number: person.number }), known: preview(existing) }
      }),
      same: comparison.same.length,
      gone: shown(comparison.gone, preview),
      conflicts: shown(comparison.conflicts, ({ person, code }) => ({ ...preview(person), code })),
      problems: { count: file.problemCount, rows: file.problems },
      ignoredColumns: file.ignoredColumns,
    }
  })
}

/**
 * Imports what was previewed: adds the new, changes the changed, removes nobody. Who may be somebody else is changed only when `confirmed`
 * names the number, as the file writes it. Who could not be welcomed for want of a date of birth is welcomed when it came. All of it or
 * nothing; twice changes nothing more.
 * Sight is asked as the viewer; the work is done as the system, because another address has effects on accounts, which no viewer may touch.
 * Conflict when the file is not the one of the preview (`fingerprint`).
 */
export async function importPeople(
  viewer: Viewer,
  input: ImportPeopleInput & { fingerprint: string; confirmed?: readonly string[] },
  now: Date,
): Promise<{ added: number; changed: number; employerId: string }> {
  assertMayChange(viewer)
  const { file, fingerprint } = await readFile(viewer, input)
  if (fingerprint !== input.fingerprint) throw new Conflict("import-changed")
  const employer = await asViewer(viewer, (tx) => employerToImportFor(tx, viewer, input.employerId))
  return asSystem("import-people", async (tx) => {
    const comparison = await compare(tx, employer.id, file)
    const confirmed = new Set(input.confirmed)
    const replaced = comparison.doubtful.filter(({ person }) => confirmed.has(person.number))
    const changed = [...comparison.changed, ...replaced]
    const { accountId, partyId } = viewer
    await storePeople(tx, employer.id, { added: comparison.added, changed }, { accountId, partyId }, now)
    const counts = { added: comparison.added.length, changed: changed.length }
    const details = { source: input.source, ...counts, ...(replaced.length > 0 ? { replaced: replaced.length } : {}) }
    await recordEvents(tx, [{ chainId: employer.id, kind: "people.imported", accountId, partyId, subjectId: employer.id, details }])
    await welcomeDue(tx, employer.id, { accountId, partyId }, now)
    return { ...counts, employerId: employer.id }
  })
}

/** Asks first whether the viewer may, and reads outside any transaction: a file may wait for its turn. */
async function readFile(viewer: Viewer, { employerId, source, bytes }: ImportPeopleInput): Promise<{ file: PeopleFile; fingerprint: string }> {
  const employer = await asViewer(viewer, (tx) => employerToImportFor(tx, viewer, employerId))
  const file = await readPeopleApart(source, bytes)
  if (file.wageTaxNumber !== null && file.wageTaxNumber !== employer.wageTaxNumber) throw new Invalid("import-unknown-employer")
  return { file, fingerprint: createHash("sha256").update(bytes).digest("hex") }
}

async function employerToImportFor(tx: Transaction, viewer: Viewer, employerId: string | null): Promise<EmployerData> {
  const employer = await servedEmployer(tx, viewer, employerId)
  if (!(await runsPayroll(tx, viewer))) throw new Forbidden("import-by-office")
  return employer
}

async function compare(tx: Transaction, employerId: string, { people, setAside }: PeopleFile): Promise<PeopleComparison<ExistingEmployee>> {
  await holdEmployer(tx, employerId)
  const existing = (await findEmployeesForMatching(tx, employerId)).map(toExisting)
  const keys = await bsnKeys(people)
  return comparePeople(existing, people, { setAside, bsnKey: (bsn) => keys.get(bsn) ?? "" })
}

async function bsnKeys(people: readonly ImportedPerson[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>()
  for await (const batch of inBatches(people)) {
    for (const { bsn } of batch) if (bsn) keys.set(bsn, Buffer.from(blindIndex("bsn-index", bsn)).toString("hex"))
  }
  return keys
}

function shown<Row, View>(rows: readonly Row[], view: (row: Row) => View): Shown<View> {
  return { count: rows.length, rows: rows.slice(0, maxShown).map(view) }
}

type Named = { number: string; initials?: string | null; prefix?: string | null; surname?: string; line: number | null }

function named({ line, initials, prefix, surname }: Named): Partial<Named> {
  return { line, ...(initials === undefined ? {} : { initials }), ...(prefix === undefined ? {} : { prefix }), ...(surname === undefined ? {} : { surname }) }
}

function preview(person: Named): PreviewPerson {
  const { number, initials, prefix, surname, line } = person
  return { number, initials: initials ?? null, prefix: prefix ?? null, surname: surname ?? null, line }
}

import { inBatches } from "#platform/batches.ts"
import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { blindIndex } from "#platform/secrets.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { welcomeDue } from "../invitations/invite-all.ts"
import type { PeopleFile } from "../reading/reading-jobs.ts"
import { comparePeople, type PeopleComparison } from "./compare-people.ts"
import { findEmployeesForMatching } from "./employee-repository.ts"
import { toExisting, type ExistingEmployee } from "./existing-people.ts"
import { holdEmployer } from "./import-repository.ts"
import { type ImportPreview, toPreview } from "./import-views.ts"
import { employerToImportFor, type ImportPeopleInput, readImport, rememberColumns } from "./read-import.ts"
import { type ImportedPerson, numberKey } from "./read-people.ts"
import { readDate } from "./read-person.ts"
import type { ListColumns } from "./read-people-list.ts"
import { storePeople } from "./store-people.ts"

export type { ImportPeopleInput } from "./read-import.ts"
export type { ImportPreview, PreviewPerson, Shown } from "./import-views.ts"

/** What is said of somebody who came back: the same person under a new number, or a second employment beside the old. */
export type Return = { number: string; as: "same" | "new" }

/** The last day at work of somebody who is not in the file, as people write a date. */
export type Leaver = { number: string; on: string }

/** What is said of single people in a preview. `confirmed`, as the file writes the numbers: who is the same person although everything differs. */
export type ImportAnswers = { confirmed?: readonly string[]; returning?: readonly Return[]; leavers?: readonly Leaver[] }

/** What a file would change; or, for a list of which nobody can say what its columns are, those columns. */
export type ImportLook = { columns: ListColumns; preview: null } | { columns: null; preview: ImportPreview }

/**
 * What an import would do, with every problem by line; with `adjust`, or where the columns of a list are not clear, the columns. Stores nothing. Throws Invalid
 * for a file that cannot be used at all, Forbidden for an employer with an office: whoever sets a person's e-mail address receives that person's link to
 * choose a password.
 */
export async function lookAtPeople(viewer: Viewer, input: ImportPeopleInput & { adjust?: boolean }, now: Date): Promise<ImportLook> {
  const read = await readImport(viewer, input)
  const { columns } = read.file
  if (columns && (input.adjust || !columns.isSure)) return { columns, preview: null }
  return asViewer(viewer, async (tx) => {
    const employer = await employerToImportFor(tx, viewer, input.employerId)
    return { columns: null, preview: toPreview(read, employer, await compare(tx, employer.id, read.file, now)) }
  })
}

/** As lookAtPeople, for a file of which it is known how to read it: Invalid "import-columns-missing" when it is not. */
export async function previewPeople(viewer: Viewer, input: ImportPeopleInput, now: Date): Promise<ImportPreview> {
  const { preview } = await lookAtPeople(viewer, input, now)
  if (!preview) throw new Invalid("import-columns-missing")
  return preview
}

/**
 * Imports what was previewed: adds the new, changes the changed, removes nobody. Who may be somebody else is changed only when `confirmed` names the number;
 * who came back comes in only as `returning` says; who is not in the file gets an end of the employment only by `leavers`. How a list was read is remembered.
 * Who could not be welcomed for want of a date of birth is welcomed when it came. All of it or nothing; twice changes nothing more.
 * Sight is asked as the viewer; the work is done as the system, because another address has effects on accounts, which no viewer may touch.
 * Conflict when file and columns are not those of the preview (`fingerprint`). Invalid "import-end-wrong" for an end that is no day or before the start.
 */
export async function importPeople(
  viewer: Viewer,
  input: ImportPeopleInput & ImportAnswers & { fingerprint: string },
  now: Date,
): Promise<{ added: number; changed: number; employerId: string }> {
  assertMayChange(viewer)
  const { file, fingerprint } = await readImport(viewer, input)
  if (fingerprint !== input.fingerprint) throw new Conflict("import-changed")
  if (file.columns && !file.columns.isSure) throw new Invalid("import-columns-missing")
  const employer = await asViewer(viewer, (tx) => employerToImportFor(tx, viewer, input.employerId))
  return asSystem("import-people", async (tx) => {
    const comparison = await compare(tx, employer.id, file, now)
    const { replaced, renumbered, rehired, left } = answered(comparison, input)
    const added = [...comparison.added, ...rehired]
    const changed = [...comparison.changed, ...replaced, ...left]
    const { accountId, partyId } = viewer
    await storePeople(tx, employer.id, { added, changed, renumbered }, { accountId, partyId }, now)
    if (file.columns && input.columns?.fields) await rememberColumns(tx, employer.id, file.columns, now)
    const counts = { added: added.length, changed: changed.length + renumbered.length }
    const told = { replaced: replaced.length, renumbered: renumbered.length, rehired: rehired.length, left: left.length }
    const details = { source: input.source, ...counts, ...Object.fromEntries(Object.entries(told).filter(([, count]) => count > 0)) }
    await recordEvents(tx, [{ chainId: employer.id, kind: "people.imported", accountId, partyId, subjectId: employer.id, details }])
    await welcomeDue(tx, employer.id, { accountId, partyId }, now)
    return { ...counts, employerId: employer.id }
  })
}

/** What was said of single people, as far as the comparison asks it of them: twice, or of somebody else, says nothing. */
function answered(comparison: PeopleComparison<ExistingEmployee>, { confirmed = [], returning = [], leavers = [] }: ImportAnswers) {
  const isSame = new Set(confirmed)
  const returns = new Map(returning.map(({ number, as }) => [number, as]))
  const ends = new Map(leavers.map(({ number, on }) => [number, on]))
  return {
    replaced: comparison.doubtful.filter(({ person }) => isSame.has(person.number)),
    renumbered: comparison.returning.filter(({ person, mayRenumber }) => mayRenumber && returns.get(person.number) === "same"),
    rehired: comparison.returning.flatMap(({ person }) => (returns.get(person.number) === "new" ? person : [])),
    left: comparison.gone.flatMap((existing) => {
      const on = ends.get(existing.number)
      return on === undefined ? [] : { existing, person: { line: 0, number: existing.number, employmentTo: lastDay(existing, on) } }
    }),
  }
}

function lastDay({ employmentFrom }: ExistingEmployee, on: string): string {
  const day = readDate(on)
  if (!day || (employmentFrom !== null && day < employmentFrom)) throw new Invalid("import-end-wrong")
  return day
}

async function compare(tx: Transaction, employerId: string, { people, setAside }: PeopleFile, now: Date): Promise<PeopleComparison<ExistingEmployee>> {
  await holdEmployer(tx, employerId)
  const existing = (await findEmployeesForMatching(tx, employerId)).map(toExisting)
  const keys = await bsnKeys(people)
  return comparePeople(existing, people, { setAside, bsnKey: (bsn) => keys.get(bsn) ?? "", today: dayOf(now) })
}

async function bsnKeys(people: readonly ImportedPerson[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>()
  for await (const batch of inBatches(people)) {
    for (const { bsn } of batch) if (bsn) keys.set(bsn, Buffer.from(blindIndex("bsn-index", bsn)).toString("hex"))
  }
  return keys
}

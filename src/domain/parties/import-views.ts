import { maxShown } from "#policy/upload-limits.ts"
import type { PeopleFile } from "../reading/reading-jobs.ts"
import type { ComparedField, ImportConflict, PeopleComparison, PersonChange } from "./compare-people.ts"
import type { ExistingEmployee } from "./existing-people.ts"
import type { EmployerData } from "./party-repository.ts"
import type { ImportedPerson, ImportProblem } from "./read-people.ts"
import type { ListColumns } from "./read-people-list.ts"

/** Somebody as a preview shows it: number and name parts. Never a BSN. */
export type PreviewPerson = { number: string; initials: string | null; prefix: string | null; surname: string | null; line: number | null }

/** What changes of somebody; before and after are null where there is nothing, and for a BSN, which is not shown. */
export type PreviewChange = { field: ComparedField; before: string | null; after: string | null }

/** The first rows (200 at most) and how many there are. */
export type Shown<Row> = { count: number; rows: Row[] }

export type ImportPreview = {
  /** SHA-256 of the file and of how its columns were read, hexadecimal: confirming names what was previewed. */
  fingerprint: string
  employer: { id: string; name: string }
  added: Shown<PreviewPerson>
  changed: Shown<PreviewPerson & { fields: ComparedField[]; changes: PreviewChange[] }>
  /** Maybe somebody else than who has this number now (`known`): stays out unless confirmed. */
  doubtful: Shown<PreviewPerson & { known: PreviewPerson }>
  /** Worked here before, until `until`, as `known`: stays out unless it is said how. */
  returning: Shown<PreviewPerson & { known: PreviewPerson; until: string | null; mayRenumber: boolean }>
  same: number
  gone: Shown<PreviewPerson>
  conflicts: Shown<PreviewPerson & { code: ImportConflict["code"] }>
  problems: Shown<ImportProblem>
  ignoredColumns: string[]
  /** The columns of a list, as they were read. */
  columns: ListColumns | null
}

/** Makes the preview of a comparison. */
export function toPreview(
  { file, fingerprint }: { file: PeopleFile; fingerprint: string },
  employer: EmployerData,
  comparison: PeopleComparison<ExistingEmployee>,
): ImportPreview {
  return {
    fingerprint,
    employer: { id: employer.id, name: employer.name },
    added: shown(comparison.added, preview),
    changed: shown(comparison.changed, (change) => ({ ...preview({ ...change.existing, ...named(change.person) }), fields: change.fields, changes: changesOf(change) })),
    doubtful: shown(comparison.doubtful, ({ person, existing }) => {
      return { ...preview({ ...existing, ...named(person), number: person.number }), known: preview(existing) }
    }),
    returning: shown(comparison.returning, ({ person, existing, mayRenumber }) => {
      return { ...preview({ ...existing, ...named(person), number: person.number }), known: preview(existing), until: existing.employmentTo, mayRenumber }
    }),
    same: comparison.same.length,
    gone: shown(comparison.gone, preview),
    conflicts: shown(comparison.conflicts, ({ person, code }) => ({ ...preview(person), code })),
    problems: { count: file.problemCount, rows: file.problems },
    ignoredColumns: file.ignoredColumns,
    columns: file.columns,
  }
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

function changesOf({ existing, person, fields }: PersonChange<ExistingEmployee>): PreviewChange[] {
  return fields.map((field) => ({ field, before: textOf(existing, field), after: textOf(person, field) }))
}

function textOf(person: ExistingEmployee | ImportedPerson, field: ComparedField): string | null {
  if (field === "bsn") return null
  if (field !== "address") return person[field] || null
  const { address } = person
  return address ? [`${address.street} ${address.houseNumber}`.trim(), `${address.postcode} ${address.city}`.trim()].filter(Boolean).join(", ") : null
}

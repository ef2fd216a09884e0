import { readAsViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { letterName } from "#policy/person-name.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findFile, findWhoSees, type FileWithOwner, type WhoSeesRow } from "./file-repository.ts"

/** A party, or `count` parties of one kind whom the viewer may not know of by name: `name` is null then. */
export type WhoSees = Pick<WhoSeesRow, "kind" | "name" | "reason" | "endsAt"> & { count: number }

/** `whoSees` lists every party that can see the file now and why. */
export type FileDetails = FileWithOwner & { whoSees: WhoSees[] }

/** A file's details. NotFound when the viewer cannot see it. Looking at details does not read the file. */
export async function viewFile(viewer: Viewer, input: { fileId: string }): Promise<FileDetails> {
  return readAsViewer(viewer, async (reader) => {
    const [file, whoSees] = await Promise.all([findFile(reader, input.fileId, viewer.accountId), findWhoSees(reader, input.fileId)])
    if (!file) throw new NotFound()
    return { ...file, whoSees: toWhoSees(whoSees) }
  })
}

/** Those without a name are taken together, by kind and reason, and come last. */
function toWhoSees(rows: readonly WhoSeesRow[]): WhoSees[] {
  const named = rows.flatMap(({ kind, name, initials, prefix, reason, endsAt }) =>
    name === null ? [] : [{ kind, name: kind === "employee" ? letterName({ initials, prefix, surname: name }) : name, reason, endsAt, count: 1 }],
  )
  const others = Map.groupBy(rows.filter(({ name }) => name === null), ({ kind, reason }) => `${kind} ${reason}`)
  return [...named, ...[...others.values()].flatMap(([first, ...rest]) => (first ? [{ kind: first.kind, name: null, reason: first.reason, endsAt: null, count: 1 + rest.length }] : []))]
}

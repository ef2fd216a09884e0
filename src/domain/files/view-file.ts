import { readAsViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { letterName } from "#policy/person-name.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findFile, findWhoSees, type FileWithOwner, type WhoSeesRow } from "./file-repository.ts"

export type WhoSees = Pick<WhoSeesRow, "kind" | "name" | "reason" | "endsAt">

/** `whoSees` names every party that can see the file now and why. */
export type FileDetails = FileWithOwner & { whoSees: WhoSees[] }

/** A file's details. NotFound when the viewer cannot see it. Looking at details does not read the file. */
export async function viewFile(viewer: Viewer, input: { fileId: string }): Promise<FileDetails> {
  return readAsViewer(viewer, async (reader) => {
    const [file, whoSees] = await Promise.all([findFile(reader, input.fileId, viewer.accountId), findWhoSees(reader, input.fileId)])
    if (!file) throw new NotFound()
    return { ...file, whoSees: whoSees.map(toWhoSees) }
  })
}

function toWhoSees({ kind, name, initials, prefix, reason, endsAt }: WhoSeesRow): WhoSees {
  return { kind, name: kind === "employee" ? letterName({ initials, prefix, surname: name }) : name, reason, endsAt }
}

import { readAsViewer } from "#platform/database.ts"
import { letterName } from "#policy/person-name.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findOpenings, type OpeningRow } from "./opening-repository.ts"

/** One time that a file was opened: when, how, and by which party. `name` is null for a party that is there no more; `colleague` is who of the viewer's own party it was. */
export type FileOpening = { at: Date; how: "view" | "download"; party: "office" | "employer" | "employee"; name: string | null; colleague: string | null; isOwn: boolean }

/** A page of openings, latest first; `from` counts from 1 and `total` is of all pages. */
export type FileOpenings = { openings: FileOpening[]; from: number; total: number; page: number; pages: number }

const perPage = 25

/**
 * "Wie heeft dit geopend?": every viewing and download, from the audit chain, for the owner of the dossier and for the sender; anybody else sees
 * only the account's own. Empty for who cannot see the file. A page past the last one is empty too.
 */
export async function viewOpenings(viewer: Viewer, { fileId, page }: { fileId: string; page: number }): Promise<FileOpenings> {
  const skip = (page - 1) * perPage
  const rows = await readAsViewer(viewer, (reader) => findOpenings(reader, fileId, skip, perPage))
  const total = rows[0]?.total ?? 0
  return { openings: rows.map(toOpening), from: skip + 1, total, page, pages: Math.ceil(total / perPage) }
}

function toOpening({ at, kind, party, name, initials, prefix, colleague, isOwn }: OpeningRow): FileOpening {
  const isPerson = party === "employee" && name !== null
  return {
    at,
    how: kind === "file.viewed" ? "view" : "download",
    party: party === "office" || party === "employee" ? party : "employer",
    name: isPerson ? letterName({ initials, prefix, surname: name }) : name,
    colleague,
    isOwn,
  }
}

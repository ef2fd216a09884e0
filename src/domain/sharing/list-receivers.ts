import { asViewer, type Reader } from "#platform/database.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import { letterName, listName } from "#policy/person-name.ts"
import { shareLimits, shareStep, type ReceiverKind, type ShareStep } from "#policy/share-steps.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findClientsToShareWith, findFilesToShare, findOfficeAtWork, findStaff, findWorkplace, type FileToShare, type ReceiverRow } from "./share-repository.ts"

/** Somebody the files can be shared with. `letterName` is how a sentence names them, `name` how a list does. */
export type Receiver = { id: string; kind: ReceiverKind; name: string; letterName: string; number: string | null; hasLeft: boolean }

/** Files that are about to be shared, and everybody they may all be shared with. */
export type ShareChoice = { files: FileToShare[]; receivers: Receiver[]; isOn: boolean }

/** With whom these files can be shared: the next step that all of them may take. NotFound when one is out of sight; Forbidden when one may go nowhere. */
export async function listReceivers(viewer: Viewer, input: { fileIds: readonly string[] }, now: Date): Promise<ShareChoice> {
  return asViewer(viewer, (tx) => readChoice(tx, viewer, input.fileIds, now))
}

/** The same, in the transaction of who shares. */
export async function readChoice(reader: Reader, viewer: Viewer, fileIds: readonly string[], now: Date): Promise<ShareChoice> {
  const wanted = [...new Set(fileIds)]
  if (wanted.length === 0) throw new Invalid("files-none")
  if (wanted.length > shareLimits.files) throw new Invalid("files-too-many", { most: shareLimits.files })
  const files = await findFilesToShare(reader, viewer.partyId, wanted)
  if (files.length < wanted.length) throw new NotFound()
  const steps = files.map((file) => shareStep(viewer.kind, file))
  const allowed = steps.filter((step) => step !== null)
  if (allowed.length < steps.length) throw new Forbidden("share-not-allowed")
  const to = commonTo(allowed)
  const rows = await rowsFor(reader, viewer, to, now)
  return { files, receivers: rows.map(toReceiver), isOn: allowed.every((step) => step.reason === "shared_on") }
}

function commonTo(steps: readonly ShareStep[]): ReceiverKind[] {
  return (["engagement", "employer", "employee"] as const).filter((kind) => steps.every((step) => step.to.includes(kind)))
}

async function rowsFor(reader: Reader, viewer: Viewer, to: readonly ReceiverKind[], now: Date): Promise<ReceiverRow[]> {
  if (viewer.kind === "employee") return to.includes("employer") ? findWorkplace(reader, viewer.partyId) : []
  if (viewer.kind === "office") return to.includes("employer") ? findClientsToShareWith(reader, viewer.partyId) : []
  const office = to.includes("engagement") ? await findOfficeAtWork(reader, viewer.partyId) : []
  return [...office, ...(to.includes("employee") ? await findStaff(reader, viewer.partyId, dayOf(now)) : [])]
}

function toReceiver({ id, kind, name, initials, prefix, number, hasLeft }: ReceiverRow): Receiver {
  const person = { initials, prefix, surname: name }
  const names = kind === "employee" ? { name: listName(person), letterName: letterName(person) } : { name, letterName: name }
  return { id, kind, number, hasLeft, ...names }
}

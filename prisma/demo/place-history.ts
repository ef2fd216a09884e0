import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { markRead } from "#domain/files/mark-read.ts"
import { placeFiles, type FileToPlace } from "#domain/files/place-files.ts"
import { placeOwnFile } from "#domain/files/place-own-file.ts"
import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { letterName } from "#policy/person-name.ts"
import type { Viewer } from "#policy/viewer.ts"
import { annualStatement, employerDocument, letter, payslip } from "./documents.ts"
import type { StoredEmployer } from "./fill.ts"
import type { DemoPerson } from "./people.ts"

const employerKinds = [["series-overview", "Serie-overzichten"], ["journal-entry", "Journaalpost"], ["payment-list", "Betaallijst lonen"]] as const

/** Places last year and this year up to the month before last, as if each month had been sent on the 25th; `readers` have read all but the newest. */
export async function placeHistory(stored: StoredEmployer, readers: readonly Viewer[], now: Date): Promise<void> {
  const { employer, employeeIds } = stored
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
  const keys = await keysToWrite(asSystemOnce("demo"), [stored.id, ...employeeIds.values()])
  const keep = async (ownerId: string, bytes: Uint8Array, what: Pick<FileToPlace, "kind" | "year" | "period">): Promise<FileToPlace> => {
    const target = keys.get(ownerId)
    const kept = await keepBytes(target?.recipient ?? "", bytes)
    const audiences = [stored.id, ...(stored.engagementId ? [stored.engagementId] : [])]
    const periodKind = what.period === null ? null : "month"
    return { id: newId(), dossierId: target?.dossierId ?? "", ownerId, audiences, mediaType: "application/pdf", periodKind, ...what, ...kept }
  }
  const idOf = (person: DemoPerson) => employeeIds.get(person.number) ?? ""
  for (const month = new Date(Date.UTC(now.getUTCFullYear() - 1, 0, 25, 8, 12)); month < last; month.setUTCMonth(month.getUTCMonth() + 1)) {
    const [year, period] = [month.getUTCFullYear(), month.getUTCMonth() + 1]
    const slips = employer.people.map(async (person) => keep(idOf(person), await payslip(employer, person, year, period), { kind: "payslip", year, period }))
    const statements = period > 1 || year < now.getUTCFullYear() ? [] : employer.people.map(async (person) =>
      keep(idOf(person), await annualStatement(employer, person, year - 1), { kind: "annual-statement", year: year - 1, period: null }))
    const overviews = employerKinds.map(async ([kind, title]) =>
      keep(stored.id, await employerDocument(title, employer, year, period), { kind, year, period }))
    const files = await Promise.all([...slips, ...statements, ...overviews])
    await place(stored, files, new Date(month), readers)
  }
  await placeOwnFiles(stored, readers, now)
}

async function place(stored: StoredEmployer, files: readonly FileToPlace[], at: Date, readers: readonly Viewer[]): Promise<void> {
  const { id: employerId, sender, senderName } = stored
  await asSystem("demo", async (tx) => {
    await placeFiles(tx, files, { employerId, senderId: sender.partyId, senderName, deliveryId: null, accountId: sender.accountId, at })
    for (const reader of readers) {
      const own = files.filter((file) => file.ownerId === reader.partyId)
      await markRead(tx, reader.accountId, own.map((file) => file.id), at)
    }
  })
}

async function placeOwnFiles(stored: StoredEmployer, readers: readonly Viewer[], now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  for (const reader of readers) {
    const isEmployee = reader.kind === "employee"
    const name = isEmployee ? "Verhuisbericht.pdf" : "Huisregels.pdf"
    const bytes = await letter(isEmployee ? "Verhuisbericht" : "Huisregels", isEmployee ? "Ik ga verhuizen. Mijn nieuwe adres volgt." : "Wat wij met elkaar afspreken.")
    const shareWith = isEmployee ? stored.id : null
    const person = stored.employer.people.find(({ number }) => stored.employeeIds.get(number) === reader.partyId)
    const ownerName = person ? letterName(person) : stored.employer.name
    await placeOwnFile({ viewer: reader, ownerName, employerId: stored.id, name, mediaType: "application/pdf", bytes, shareWith }, daysAgo(isEmployee ? 40 : 90))
  }
}

import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { placeFiles, type FileToPlace } from "#domain/files/place-files.ts"
import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { bringIn, makeClient, makeOffice } from "../../tests/support/house.ts"
import type { TestPortal } from "../../tests/support/portal.ts"
import { sendMany } from "./load.ts"
import { forgetPeak, memoryOf } from "./processes.ts"
import { printTable } from "./report.ts"
import { signInEmployee } from "./world.ts"

const [count, size] = [1000, 200_000]

/**
 * Prints the memory that the web process takes for a zip of 1,000 files while it goes out, and how fast it goes; four times, after other pages. The first is
 * printed too: what it takes more than the others is heap that the process had not needed before.
 */
export async function measureZip(portal: TestPortal): Promise<void> {
  const { cookie, fileId } = await aFullYear(portal)
  const web = portal.pidOf("web") ?? 0
  const rows: Record<string, string>[] = []
  await sendMany({ name: "dossier page", url: `${portal.url}/werknemer/dossier`, headers: { cookie }, processes: [] }, 20)
  for (let round = 1; round <= 4; round += 1) {
    const before = memoryOf(web).now
    forgetPeak(web)
    const started = performance.now()
    const answer = await fetch(`${portal.url}/api/files/zip?yearOf=${fileId}`, { headers: { cookie } })
    let bytes = 0
    for await (const piece of answer.body ?? []) bytes += piece.length
    if (answer.status !== 200 || bytes < count * size) throw new Error(`The zip answered ${answer.status} with ${bytes} bytes`)
    const seconds = (performance.now() - started) / 1000
    const grew = memoryOf(web).peak - before
    rows.push({ round: String(round), "MB in the zip": (bytes / 1e6).toFixed(0), "MB/s": (bytes / 1e6 / seconds).toFixed(1), "MB of memory at the peak": memoryOf(web).peak.toFixed(0), "of which for the zip": grew.toFixed(0) })
  }
  console.log(`\nA zip of ${count} files of ${size / 1000} kB, streamed\nPromised: never more than 64 MB in memory for it.\n`)
  printTable(rows)
}

async function aFullYear(portal: TestPortal): Promise<{ cookie: string; fileId: string }> {
  const office = await makeOffice()
  const employerId = await makeClient(office, "999990032L01")
  await bringIn(office, employerId, "csv", new TextEncoder().encode("nummer;voorletters;achternaam;geboortedatum;bsn;email\n1;A;Vlasbek;16-04-1986;999967216;vlasbek@voorbeeld.test"))
  const [{ employeeId = "" } = {}] = await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))
  const target = (await keysToWrite(asSystemOnce("demo"), [employeeId])).get(employeeId)
  const files: FileToPlace[] = []
  for (let index = 0; index < count; index += 1) {
    const kept = await keepBytes(target?.recipient ?? "", new Uint8Array(size).fill(65 + (index % 26)))
    const about = { kind: "payslip", year: 2026, period: 1 + (index % 12), periodKind: "month", mediaType: "application/pdf" }
    files.push({ id: newId(), dossierId: target?.dossierId ?? "", ownerId: employeeId, audiences: [employerId], ...about, ...kept })
  }
  const placing = { employerId, senderId: office.partyId, senderName: "Kantoor", deliveryId: null, accountId: office.accountId, at: new Date() }
  await asSystem("demo", (tx) => placeFiles(tx, files, placing))
  const { cookie } = await signInEmployee(portal.databaseUrl, portal.environment["MASTER_KEY"] ?? "", employeeId)
  return { cookie, fileId: files[0]?.id ?? "" }
}

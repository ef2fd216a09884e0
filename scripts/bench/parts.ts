import { openFileRow } from "#domain/files/file-repository.ts"
import { readStream } from "#domain/files/keep-bytes.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { readAsViewer } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { cpuMilliseconds } from "./processes.ts"
import { printTable } from "./report.ts"

/** Prints what each part of a download costs by itself, in this process and the database's: the door, the grant with its record, and decrypting. */
export async function measureParts(secret: string, viewer: Viewer, fileId: string, postgres: number): Promise<void> {
  const opening = { event: "file.downloaded", sessionId: viewer.sessionId, partFrom: null }
  const file = await readAsViewer(viewer, (reader) => openFileRow(reader, fileId, viewer.accountId, opening))
  if (!file) throw new Error("The file is not in sight")
  const parts = {
    "door (session asked of the database)": () => checkSession(secret, new Date()),
    "grant (transaction, grant rule, read mark, event)": () => readAsViewer(viewer, (reader) => openFileRow(reader, fileId, viewer.accountId, opening)),
    "decrypt (key, age file from the folder, 60 kB)": async () => {
      for await (const _ of await readStream(file, file.storageKey));
    },
  }
  const rows: Record<string, string>[] = []
  for (const [part, work] of Object.entries(parts)) {
    const rounds: number[] = []
    for (let round = 0; round < 6; round++) {
      const before = cpuMilliseconds([process.pid, postgres])
      for (let n = 0; n < 200; n++) await work()
      if (round > 0) rounds.push((cpuMilliseconds([process.pid, postgres]) - before) / 200)
    }
    rounds.sort((a, b) => a - b)
    rows.push({ part, "CPU ms (median of 5)": (rounds[2] ?? 0).toFixed(2), "min-max": `${(rounds[0] ?? 0).toFixed(2)}-${(rounds[4] ?? 0).toFixed(2)}` })
  }
  console.log("\nThe parts of a download, each by itself (what is left of the whole is the framework and the stream)\n")
  printTable(rows)
}

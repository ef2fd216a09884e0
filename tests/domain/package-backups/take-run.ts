import { takeBackup, viewBackupProgress } from "#domain/package-backups/take-backup.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { inChunks } from "../../support/backups.ts"

/** Sends the rest of a back-up, as zeros, in a process of its own; prints why it was refused, and how far it is then. */
const { viewer, backupId, offset, length } = JSON.parse(process.argv[2] ?? "{}")
const refused = await takeBackup(viewer, { backupId, offset, stream: inChunks(Buffer.alloc(length - offset)) }, new Date()).then(() => null, (error: Error) => ("code" in error ? error.code : error.name))
console.log(JSON.stringify({ refused, offset: (await viewBackupProgress(viewer, { backupId }, new Date())).offset }))
await closeQueue()
await closeDatabase()

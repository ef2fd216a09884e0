import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"

/** Reads a back-up that is whole and keeps it, as the worker does, in a process of its own. */
await finishBackup({ backupId: process.argv[2] ?? "" }, new Date())
await closeQueue()
await closeDatabase()

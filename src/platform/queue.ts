import { PgBoss } from "pg-boss"
import { addressFor } from "./database-address.ts"
import { runStatement, type Transaction } from "./database.ts"
import { env } from "./env.ts"
import { jobNames, type JobName, type JobPayloads } from "./job-queues.ts"

declare global {
  var portalQueue: Promise<PgBoss> | undefined
}

function open(role: "portal_app" | "portal_system", work: boolean): PgBoss {
  return new PgBoss({
    connectionString: addressFor(role, env().DATABASE_URL, env().MASTER_KEY),
    migrate: false,
    createSchema: false,
    supervise: work,
    schedule: work,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    reindex: false,
    useListenNotify: work,
    max: work ? 4 : 1,
  })
}

/**
 * Leaves jobs, in the transaction that causes them: they exist when it commits and never otherwise. With `startAfter` no worker takes one before that moment.
 */
export async function enqueue<Name extends JobName>(tx: Transaction, name: Name, payloads: readonly JobPayloads[Name][], startAfter?: Date): Promise<void> {
  if (payloads.length === 0) return
  const boss = await (globalThis.portalQueue ??= startSender())
  await boss.insert(
    name,
    payloads.map((data) => ({ data, ...(startAfter ? { startAfter } : {}) })),
    { db: { executeSql: (text, values = []) => runStatement(tx, text, values) } },
  )
}

/** Has jobs that wait for a later moment done now: those of a queue whose payload has one of these ids under `field`, but for those with `keeps` somewhere in it. */
export async function bringForward(tx: Transaction, name: JobName, { field, ids, keeps }: { field: string; ids: readonly string[]; keeps: string }): Promise<void> {
  await runStatement(
    tx,
    "update pgboss.job set start_after = now() where name = $1 and state < 'active' and start_after > now() and data->>$2 = any ($3::text[]) and position($4 in data::text) = 0",
    [name, field, [...ids], keeps],
  )
}

async function startSender(): Promise<PgBoss> {
  const boss = open("portal_app", false)
  boss.on("error", () => {})
  return boss.start()
}

/** A process that does jobs. `work` handles up to `atOnce` jobs of a queue at a time; one that throws is retried, the others are done. `stop` lets running ones finish. */
export type Worker = {
  work<Name extends JobName>(name: Name, atOnce: number, handle: (payload: JobPayloads[Name]) => Promise<void>): Promise<void>
  everyNight(name: JobName, cron: string): Promise<void>
  everyMinute(name: JobName): Promise<void>
  stop(): Promise<void>
}

/** Opens the queue for working. `onFailure` hears of each failing job and of trouble with the queue itself; a job is retried by its queue's own rules. */
export async function startWorker(onFailure: (where: string, error: Error) => void): Promise<Worker> {
  const boss = open("portal_system", true)
  boss.on("error", (error) => onFailure("queue", error))
  await boss.start()
  return {
    async work(name, atOnce, handle) {
      const options = { batchSize: atOnce, perJobResults: true as const, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 }
      let id = ""
      const lookAgainAtOnce = () => boss.notifyWorker(id)
      id = await boss.work<JobPayloads[typeof name]>(name, options, (jobs) =>
        Promise.all(
          jobs.map((job) =>
            handle(job.data).then(
              () => ({ id: job.id, status: "completed" as const }),
              (error: Error) => {
                onFailure(name, error)
                return { id: job.id, status: "failed" as const, output: { reason: error.name } }
              },
            ),
          ),
        ).finally(lookAgainAtOnce),
      )
    },
    async everyNight(name, cron) {
      await boss.schedule(name, cron, {}, { tz: "Europe/Amsterdam" })
    },
    async everyMinute(name) {
      await boss.schedule(name, "* * * * *", {})
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 20_000 })
    },
  }
}

/** How many jobs of a queue wait, are being done, and failed for good, a few seconds ago at most while a worker runs. */
export type QueueState = { name: JobName; waiting: number; active: number; failed: number }

/** Every queue as it stands. For the operator. */
export async function lookAtQueues(): Promise<QueueState[]> {
  const boss = open("portal_system", false)
  boss.on("error", () => {})
  await boss.start()
  try {
    const states = await Promise.all(jobNames.map(async (name) => ({ name, found: (await boss.getQueueStats(name))[0] })))
    return states.map(({ name, found }) => ({ name, waiting: found?.queuedCount ?? 0, active: found?.activeCount ?? 0, failed: found?.failedCount ?? 0 }))
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** Closes the sending side of this process. */
export async function closeQueue(): Promise<void> {
  const open = globalThis.portalQueue
  globalThis.portalQueue = undefined
  await (await open)?.stop({ graceful: false })
}

import pg from "pg"
import { expect, vi } from "vitest"

/** Lets all of `works` begin while somebody else holds a table's or a row's lock (`statement`), and go on at once when each of them waits. */
export async function atOnce<T>(ownerUrl: string, statement: string, works: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  const watcher = new pg.Client({ connectionString: ownerUrl })
  await Promise.all([owner.connect(), watcher.connect()])
  await owner.query(`begin; ${statement}`)
  const running = Promise.allSettled(
    works.map(async (work, index) => {
      await waiting(watcher, index)
      return work()
    }),
  )
  await waiting(watcher, works.length)
  await owner.query("rollback")
  await Promise.all([owner.end(), running])
  await watcher.end()
  return running
}

async function waiting(watcher: pg.Client, count: number): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await watcher.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
    expect(rows.length).toBeGreaterThanOrEqual(count)
  }, 60_000)
}

import { PgBoss } from "pg-boss"
import pg from "pg"
import { databaseRoles } from "./database-address.ts"
import { jobQueues } from "./job-queues.ts"

type QueueOptions = NonNullable<Parameters<PgBoss["createQueue"]>[1]>

/** Installs the job queue's own tables (schema pgboss) and our queues, as the owner, and lets the two roles use them. Running it again is harmless. */
export async function installQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schedule: false, supervise: false, max: 2 })
  await boss.start()
  try {
    for (const [name, options] of Object.entries(jobQueues)) {
      if (await boss.getQueue(name)) await boss.updateQueue(name, withoutPolicy(options))
      else await boss.createQueue(name, { ...options, heartbeatSeconds: 10 })
    }
  } finally {
    await boss.stop({ graceful: false })
  }
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const roles = databaseRoles.join(", ")
    await owner.query(`
      grant usage on schema pgboss to ${roles};
      grant select on all tables in schema pgboss to ${roles};
      grant insert on all tables in schema pgboss to ${roles};
      grant update, delete on all tables in schema pgboss to portal_system;
      grant usage on all sequences in schema pgboss to ${roles};
      grant execute on all functions in schema pgboss to ${roles}`)
  } finally {
    await owner.end()
  }
}

/** How many of a queue's jobs may wait or run is chosen when it is made, and cannot be changed. */
function withoutPolicy({ policy: _policy, ...options }: QueueOptions): Omit<QueueOptions, "policy"> {
  return options
}

import { chmod, mkdir, open, rm } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"

const atOnce = 8

/** The rows that a delivery leaves, by table: those of these deliveries alone. */
const rowsOf = {
  delivery_item: "select * from delivery_item where delivery_id = any ($1)",
  dossier_file: "select * from dossier_file where delivery_id = any ($1)",
  file_grant: "select g.* from file_grant g join dossier_file f on f.id = g.file_id where f.delivery_id = any ($1)",
  audit_event: "select e.* from audit_event e join dossier_file f on f.id = e.subject_id where f.delivery_id = any ($1) and e.kind = 'file.placed'",
  mail: "select * from mail where delivery_id = any ($1)",
}

/**
 * What the machine needs at the least for what these deliveries brought, in seconds: every file's bytes written and flushed, eight files at a time, and the same rows put into tables
 * with the same columns and indexes by COPY. Of what it gives back each call is one measurement.
 */
export async function prepareFloor(owner: pg.Client, data: string): Promise<(deliveryIds: readonly string[]) => Promise<number>> {
  const folder = join(data, "floor")
  await mkdir(folder, { recursive: true })
  await chmod(data, 0o711)
  await chmod(folder, 0o777)
  for (const table of Object.keys(rowsOf)) await owner.query(`create table floor_${table} (like ${table} including all)`)
  return async (deliveryIds) => {
    const ids = deliveryIds.map((id) => `'${id}'`).join()
    for (const [table, rows] of Object.entries(rowsOf)) await owner.query(`copy (${rows.replace("$1", `array[${ids}]::uuid[]`)}) to '${join(folder, table)}'`)
    const { rows: sizes } = await owner.query<{ size: number }>("select size from delivery_item where delivery_id = any ($1)", [deliveryIds])
    const started = performance.now()
    await writeAll(folder, sizes.map(({ size }) => size))
    for (const table of Object.keys(rowsOf)) await owner.query(`copy floor_${table} from '${join(folder, table)}'`)
    const seconds = (performance.now() - started) / 1000
    await rm(join(folder, "files"), { recursive: true })
    return seconds
  }
}

async function writeAll(folder: string, sizes: readonly number[]): Promise<void> {
  await mkdir(join(folder, "files"))
  const bytes = new Uint8Array(Math.max(...sizes)).fill(65)
  const left = [...sizes.entries()]
  const write = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const file = await open(join(folder, "files", String(next[0])), "wx")
      await file.writeFile(bytes.subarray(0, next[1]))
      await file.sync()
      await file.close()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, write))
}

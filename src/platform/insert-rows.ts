import { runStatement, type Transaction } from "./database.ts"
import { rowsAsJson } from "./rows-as-json.ts"

/** The Postgres type of every field of a row; the column of `deliveryId` is delivery_id. */
export type FieldTypes<Row> = Readonly<Record<keyof Row & string, string>>

/** Adds rows in one statement of one value, however many there are: for what comes by hundreds. `table` and `types` are written in code, never given by anybody. */
export async function insertRows<Row extends object>(tx: Transaction, table: string, types: FieldTypes<Row>, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const fields = Object.entries(types)
  const columns = fields.map(([field]) => field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`))
  const named = fields.map(([field]) => `"${field}"`)
  const typed = fields.map(([field, type]) => `"${field}" ${type}`)
  await runStatement(tx, `insert into ${table} (${columns.join()}) select ${named.join()} from jsonb_to_recordset($1::jsonb) as r (${typed.join()})`, [rowsAsJson(rows)])
}

import type pg from "pg"

/** A table of the portal or of its job queue, by its quoted name, with the columns that are written in it. */
export type Table = { name: string; columns: string }

const schemas = ["public", "pgboss"]
/** Written by who migrates, not by who restores. */
const notOurs = ["public._prisma_migrations", "pgboss.version"]
const leastBytes = 1_000_000
const mostBytes = 8_000_000

/** Every table that holds something to keep. A table in parts counts once, as a whole. */
export async function findTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition and format('%s.%s', n.nspname, c.relname) <> all ($2)
     group by n.nspname, c.relname order by 1`,
    [schemas, notOurs],
  )
  return rows
}

/** Every row of a table as a line of JSON, some megabytes of them in memory at a time. To be called within a transaction. */
export async function* rowsOf(client: pg.Client, table: Table): AsyncGenerator<string> {
  await client.query(`declare rows_of no scroll cursor for select row_to_json(t)::text as line from (select ${table.columns} from ${table.name}) t`)
  for (let count = 50; ; ) {
    const { rows } = await client.query<{ line: string }>(`fetch ${count} from rows_of`)
    if (rows.length === 0) break
    for (const { line } of rows) yield line
    const size = rows.reduce((sum, { line }) => sum + line.length, 0)
    if (size < leastBytes) count = Math.min(count * 2, 5000)
    if (size > mostBytes) count = Math.max(Math.floor(count / 2), 1)
  }
  await client.query("close rows_of")
}

/** Puts lines of JSON back as rows of a table with the same columns, and returns how many. */
export async function putRows(client: pg.Client, table: Table, lines: AsyncIterable<string>): Promise<number> {
  let [count, size, waiting]: [number, number, string[]] = [0, 0, []]
  const put = async () => {
    await client.query(`insert into ${table.name} (${table.columns}) overriding system value select ${table.columns} from json_populate_recordset(null::${table.name}, $1::json)`, [`[${waiting.join(",")}]`])
    count += waiting.length
    ;[size, waiting] = [0, []]
  }
  for await (const line of lines) {
    waiting.push(line)
    size += line.length
    if (size >= leastBytes || waiting.length >= 5000) await put()
  }
  if (waiting.length > 0) await put()
  return count
}

/** How far each sequence has come. */
export async function findSequences(client: pg.Client): Promise<{ name: string; at: string }[]> {
  const { rows } = await client.query<{ name: string; at: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as at from pg_sequences where schemaname = any ($1) and last_value is not null order by 1`,
    [schemas],
  )
  return rows
}

/**
 * Lets `work` fill emptied tables in any order, without triggers and without a row having to wait for the row it points to. Afterwards every foreign key
 * is made anew, which proves that all of them hold. Needs no more rights than those of the tables' owner; to be called within a transaction.
 */
export async function fillFreely(client: pg.Client, tables: readonly Table[], work: () => Promise<void>): Promise<void> {
  const { rows: keys } = await client.query<{ on: string; name: string; text: string }>(
    `select format('%I.%I', n.nspname, c.relname) as on, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as text
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname = any ($1)`,
    [schemas],
  )
  for (const key of keys) await client.query(`alter table ${key.on} drop constraint ${key.name}`)
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger user`)
  await client.query(`truncate ${tables.map(({ name }) => name).join(", ")}`)
  await work()
  for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`)
  for (const key of keys) await client.query(`alter table ${key.on} add constraint ${key.name} ${key.text}`)
}

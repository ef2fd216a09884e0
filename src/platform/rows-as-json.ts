/** Rows as JSON for jsonb_to_recordset, so that any number of them is one value of one statement; bytes as Postgres writes them. */
export function rowsAsJson(rows: readonly object[]): string {
  return JSON.stringify(rows, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
    const held = this[key] // a Buffer has been made into something else by now
    return held instanceof Uint8Array ? `\\x${Buffer.from(held).toString("hex")}` : value
  })
}

import { afterAll, expect, test } from "vitest"
import { importPeople, lookAtPeople } from "#domain/parties/import-people.ts"
import type { ImportField } from "#policy/import-fields.ts"
import { closeDatabase } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice, today } from "../../support/house.ts"

useDatabase()
afterAll(closeDatabase)

const csv = (...lines: string[]) => new TextEncoder().encode(lines.join("\n"))
const fields: ImportField[] = ["number", "surname", "email"]

test.each([
  ["numbers", "999990020L01", "veld 1;veld 2;veld 3", "veld 3;veld 1;veld 2"],
  ["signs", "999990032L01", "*;**;***", "***;*;**"],
  ["letters of another script", "999990044L01", "номер;имя;почта", "почта;номер;имя"],
])("columns are remembered for these very headings: also where only %s tell them apart", async (_, wageTaxNumber, headings, moved) => {
  const office = await makeOffice()
  const employerId = await makeClient(office, wageTaxNumber)
  const first = { employerId, source: "csv" as const, bytes: csv(headings, "7;Vries;v@voorbeeld.test", "8;Smit;s@voorbeeld.test"), columns: { sheet: null, fields } }
  const { preview } = await lookAtPeople(office, first, today)
  await importPeople(office, { ...first, fingerprint: preview?.fingerprint ?? "" }, today)
  const same = await lookAtPeople(office, { ...first, columns: undefined }, today)
  expect(same.preview?.same).toBe(2)
  const other = await lookAtPeople(office, { ...first, columns: undefined, bytes: csv(moved, "v@voorbeeld.test;7;Vries", "s@voorbeeld.test;8;Smit") }, today)
  expect([other.preview, other.columns?.isSure]).toEqual([null, false])
})

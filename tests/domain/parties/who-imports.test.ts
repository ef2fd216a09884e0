import { afterAll, expect, test } from "vitest"
import { importPeople, previewPeople } from "#domain/parties/import-people.ts"
import { closeDatabase } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice, makeSelfRunning, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(closeDatabase)

const bytes = new TextEncoder().encode("nummer;achternaam;email\n1;Bakker;anders@test.test")

test("an employer with an office reads nobody in: with an e-mail address of its choice it could sign in as its people", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const employer = await viewerFor("employer", employerId)
  const input = { employerId: null, source: "csv" as const, bytes }
  await expect(previewPeople(employer, input, today)).rejects.toThrow(Forbidden)
  await expect(importPeople(employer, { ...input, fingerprint: "" }, today)).rejects.toMatchObject({ code: "import-by-office" })
  expect(await bringIn(office, employerId, "csv", bytes)).toMatchObject({ added: 1 })
})

test("an employer without an office reads its own people in, and an office those of no other's client", async () => {
  const employer = await makeSelfRunning("999990032L01")
  expect(await bringIn(employer, null, "csv", bytes)).toMatchObject({ added: 1 })
  await expect(previewPeople(await makeOffice(), { employerId: employer.partyId, source: "csv", bytes }, today)).rejects.toThrow(NotFound)
})

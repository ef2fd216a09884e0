import { findEngagement } from "#domain/parties/find-engagement.ts"
import { importPeople, previewPeople } from "#domain/parties/import-people.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { now } from "#platform/clock.ts"
import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import type { DemoEmployer } from "./people.ts"

const header = "nummer;voorletters;voorvoegsel;achternaam;geboortedatum;bsn;email;straat;huisnummer;postcode;plaats"

/** Imports the people of one employer from a CSV, previewed and confirmed as anybody would; returns their ids by personnel number. */
export async function importDemoPeople(viewer: Viewer, employerId: string, employer: DemoEmployer): Promise<{ employeeIds: Map<string, string>; engagementId: string | null }> {
  const lines = employer.people.map((one) =>
    [one.number, one.initials, one.prefix, one.surname, one.birthDate, one.bsn, one.email, one.street, one.houseNumber, one.postcode, one.city].join(";"),
  )
  const input = { employerId, source: "csv" as const, bytes: Buffer.from([header, ...lines].join("\r\n")) }
  const { fingerprint } = await previewPeople(viewer, input, now())
  await importPeople(viewer, { ...input, fingerprint }, now())
  return asSystem("demo", async (tx) => {
    const people = await peopleToRecognise(tx, employerId)
    const engagement = await findEngagement(tx, employerId)
    return { employeeIds: new Map(people.map((one) => [one.number, one.employeeId])), engagementId: engagement?.id ?? null }
  })
}

import { asSystem, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { Conflict, Forbidden, Invalid } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { PeriodKind } from "#policy/periods.ts"
import type { Viewer } from "#policy/viewer.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"
import { recordEvents } from "../audit/record-event.ts"
import { openDossiers } from "../dossiers/open-dossiers.ts"
import { assertAllClients } from "../staff/assert-all-clients.ts"
import { employerIsKnown, insertEmployer, insertEngagement } from "./party-repository.ts"

export type AddEmployerInput = {
  name: string
  wageTaxNumber: string
  number: string | null
  street: string | null
  houseNumber: string | null
  postcode: string | null
  city: string | null
  email: string | null
  phone: string | null
  periodKind: PeriodKind
}

/**
 * Adds an employer as a client of the viewer's office, with a dossier of its own. No mail goes out: the employer is welcomed with the first
 * delivery. Conflict when the wage tax number is known already, whoever has it; Forbidden for anybody but an office.
 */
export async function addEmployer(viewer: Viewer, input: AddEmployerInput, now: Date): Promise<{ employerId: string }> {
  if (viewer.kind !== "office") throw new Forbidden()
  assertMayChange(viewer)
  await assertAllClients(viewer)
  return asSystem("add-employer", async (tx) => {
    const employerId = await registerEmployer(tx, input, viewer.partyId, now)
    const { accountId, partyId } = viewer
    await recordEvents(tx, [{ chainId: partyId, kind: "employer.added", accountId, partyId, subjectId: employerId }])
    return { employerId }
  })
}

/** Registers an employer with its dossier, and its office where it has one. For the operator and the use case above; returns its id. */
export async function registerEmployer(tx: Transaction, input: AddEmployerInput, officeId: string | null, now: Date): Promise<string> {
  const wageTaxNumber = normaliseWageTaxNumber(input.wageTaxNumber)
  if (!wageTaxNumber) throw new Invalid("wage-tax-number-invalid", { field: "wageTaxNumber" })
  if (await employerIsKnown(tx, wageTaxNumber)) throw new Conflict("employer-known", { field: "wageTaxNumber" })
  const employerId = newId()
  await insertEmployer(tx, { ...input, id: employerId, overviewsId: newId(), wageTaxNumber })
  if (officeId) await insertEngagement(tx, { id: newId(), officeId, employerId, startedAt: now })
  await openDossiers(tx, [{ ownerId: employerId, employerId }])
  return employerId
}

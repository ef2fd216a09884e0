import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { isSameEmailAddress, normaliseEmailAddress } from "#policy/email-address.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { followAddresses, type Followed } from "../accounts/follow-address.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findEmployee, updateContactEmail } from "./employee-repository.ts"
import { holdEmployer } from "./import-repository.ts"
import { findEmployer, updateEmployerEmail } from "./party-repository.ts"
import { runsPayroll } from "./runs-payroll.ts"
import { servedEmployer } from "./served-employer.ts"

/** Somebody whose address this is, at its employer; an employer is its own. */
type Whose = { partyId: string; kind: "employer" | "employee"; employerId: string }

/**
 * Changes the address in payroll of a person or client; empty takes it away. For who runs payroll there: an office for its clients and their people, an
 * employer without an office for its people. Returns what came of it; "same" when it was that address already, however its capitals were typed. NotFound
 * out of sight; Forbidden for an employee, a reader, and an employer with an office, because where somebody is mailed decides who comes in.
 */
export async function changeContactEmail(viewer: Viewer, input: { partyId: string; email: string }, now: Date): Promise<Followed | "same"> {
  assertMayChange(viewer)
  const after = input.email.trim() === "" ? null : normaliseEmailAddress(input.email)
  if (after === null && input.email.trim() !== "") throw new Invalid("email-invalid", { field: "email" })
  const whose = await asViewer(viewer, (tx) => findWhose(tx, viewer, input.partyId))
  return asSystem("change-address", async (tx) => {
    await holdEmployer(tx, whose.employerId)
    const before = await addressOf(tx, whose)
    if (before === after || (before !== null && after !== null && isSameEmailAddress(before, after))) return "same"
    const { partyId, kind } = whose
    const by = { accountId: viewer.accountId, partyId: viewer.partyId }
    const [followed = "changed"] = await followAddresses(tx, [{ partyId, kind, before, after }], by, now)
    if (kind === "employee") await updateContactEmail(tx, partyId, after)
    else await updateEmployerEmail(tx, partyId, after)
    await recordEvents(tx, [{ chainId: partyId, kind: "contact-email.changed", ...by, subjectId: partyId }])
    return followed
  })
}

async function findWhose(tx: Transaction, viewer: Viewer, partyId: string): Promise<Whose> {
  if (viewer.kind === "employee") throw new Forbidden()
  const person = await findEmployee(tx, partyId)
  if (!person && viewer.kind !== "office") throw new NotFound()
  const employer = await servedEmployer(tx, viewer, person ? person.employerId : partyId)
  if (!(await runsPayroll(tx, viewer))) throw new Forbidden("address-by-office")
  return { partyId, kind: person ? "employee" : "employer", employerId: employer.id }
}

async function addressOf(tx: Transaction, { partyId, kind }: Whose): Promise<string | null> {
  const party = kind === "employee" ? await findEmployee(tx, partyId) : await findEmployer(tx, partyId)
  if (!party) throw new NotFound()
  return "contactEmail" in party ? party.contactEmail : party.email
}

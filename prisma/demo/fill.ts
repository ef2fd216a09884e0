import { openAccount } from "#domain/accounts/open-account.ts"
import { registerEmployer } from "#domain/parties/add-employer.ts"
import { registerOffice } from "#domain/parties/register-office.ts"
import { now } from "#platform/clock.ts"
import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { importDemoPeople } from "./import-people.ts"
import { demoEmployers, demoOffice, type DemoEmployer } from "./people.ts"
import { placeHistory } from "./place-history.ts"
import { sendThisMonth } from "./send-this-month.ts"

/** Somebody the demo can be looked at with. */
export type DemoAccount = { who: string; username: string; password: string }

/** One employer of the demo, as it was stored. */
export type StoredEmployer = { employer: DemoEmployer; id: string; engagementId: string | null; sender: Viewer; senderName: string; employeeIds: Map<string, string> }

const password = "zeven groene fietsen"

/**
 * Fills an empty database with invented data, by the same use cases the portal itself runs on: an office with three clients, an employer
 * without an office, sixty employees, and two years of payslips up to last month. Returns who can sign in.
 */
export async function fillDemo(): Promise<DemoAccount[]> {
  const { name, clientNumber, city, email } = demoOffice
  const nowhere = { street: null, houseNumber: null, postcode: null, phone: null }
  const officeId = await asSystem("demo", (tx) => registerOffice(tx, { ...nowhere, name, clientNumber, city, email }))
  const office = await account("office", officeId, clientNumber)
  const accounts: DemoAccount[] = [{ who: `administratiekantoor ${name}`, username: clientNumber, password }]
  for (const employer of demoEmployers) {
    const stored = await storeEmployer(employer, employer.hasOffice ? { officeId, viewer: office } : null)
    const first = employer.people[0]
    if (!first) continue
    const employeeId = stored.employeeIds.get(first.number) ?? ""
    const own = stored.sender.kind === "employer" ? stored.sender : await account("employer", stored.id, employer.email)
    const employee = await account("employee", employeeId, first.email)
    accounts.push({ who: `werkgever ${employer.name}`, username: own.username, password })
    accounts.push({ who: `werknemer bij ${employer.name}`, username: employee.username, password })
    await placeHistory(stored, [own, employee], now())
    await sendThisMonth(stored, now())
  }
  return accounts
}

async function storeEmployer(employer: DemoEmployer, by: { officeId: string; viewer: Viewer } | null): Promise<StoredEmployer> {
  const [street = "", houseNumber = ""] = employer.street.split(/ (?=\d)/)
  const { name, wageTaxNumber, postcode, city, email } = employer
  const data = { name, wageTaxNumber, number: null, street, houseNumber, postcode, city, email, phone: null, periodKind: "month" as const }
  const id = await asSystem("demo", (tx) => registerEmployer(tx, data, by?.officeId ?? null, now()))
  const sender = by?.viewer ?? (await account("employer", id, email))
  const found = await importDemoPeople(sender, id, employer)
  return { employer, id, sender, senderName: by ? demoOffice.name : name, ...found }
}

async function account(kind: PartyKind, partyId: string, username: string): Promise<Viewer> {
  const accountId = await asSystem("demo", (tx) => openAccount(tx, { username, password, partyId }, now()))
  return { accountId, partyId, kind, rank: "owner", sessionId: newId(), username, locale: "nl" }
}

import type { Transaction } from "#platform/database.ts"
import { unseal } from "#platform/secrets.ts"
import { findEarlierNumbers, findEmployeesForMatching } from "./employee-repository.ts"

/** A person as pages are compared with; `birthDate` is YYYY-MM-DD, `bsn` nine digits in the clear: it stays in memory. */
export type PersonToRecognise = {
  employeeId: string
  number: string
  initials: string
  prefix: string | null
  surname: string
  birthDate: string | null
  bsn: string | null
  /** Numbers that this person had here before. */
  earlierNumbers: string[]
}

/** Everybody at an employer, or these of them, to recognise the pages of a file by. For jobs only. */
export async function peopleToRecognise(tx: Transaction, employerId: string, ids: readonly string[] | null = null): Promise<PersonToRecognise[]> {
  const rows = await findEmployeesForMatching(tx, employerId, ids)
  const earlier = Map.groupBy(await findEarlierNumbers(tx, employerId, ids), ({ employeeId }) => employeeId)
  return rows.map(({ id, number, initials, prefix, surname, birthDate, bsnSealed }) => ({
    employeeId: id,
    number,
    initials,
    prefix,
    surname,
    birthDate: birthDate?.toISOString().slice(0, 10) ?? null,
    earlierNumbers: earlier.get(id)?.map((one) => one.number) ?? [],
    bsn: bsnSealed ? unseal("bsn", bsnSealed, id).toString() : null,
  }))
}

import { asSystemOnce } from "#platform/database.ts"
import { countFailures, type MailFailure } from "./mail-repository.ts"

/** The mails that were given up, by kind and by the stable code of why, most of them first. For the operator: nobody's address is in it. */
export async function listFailures(): Promise<MailFailure[]> {
  return countFailures(asSystemOnce("operate"))
}

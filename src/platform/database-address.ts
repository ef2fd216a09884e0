import { rolePassword } from "./secrets.ts"

/**
 * The two roles the product logs in with. Neither owns a table or can bypass row-level security.
 * portal_app sees what the viewer of its transaction may see; portal_system does what nobody watches: jobs, sign-in, ingest.
 */
export const databaseRoles = ["portal_app", "portal_system"] as const

export type DatabaseRole = (typeof databaseRoles)[number]

/** The address for one role: the owner's host, port and database, with the role's own name and password. */
export function addressFor(role: DatabaseRole, ownerUrl: string, masterKey: string): string {
  const address = new URL(ownerUrl)
  address.username = role
  address.password = rolePassword(role, masterKey)
  return address.href
}

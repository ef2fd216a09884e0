/** Where a person or employer stands with getting in. A key under "access" in the catalogue. */
export type Access = "no-email" | "not-invited" | "invited" | "active"

/** The state of access, from what is known of a party: active once a password was chosen, invited once the welcome mail was queued. */
export function accessOf(party: { contactEmail: string | null; welcomedAt: Date | null; activeAt: Date | null }): Access {
  if (party.activeAt) return "active"
  if (party.welcomedAt) return "invited"
  return party.contactEmail ? "not-invited" : "no-email"
}

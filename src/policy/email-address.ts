const LOCAL_PART = /^[A-Za-z0-9#$&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * One e-mail address that can be stored, shown and mailed as it stands, its domain in lower case; null when it is not.
 * Spaces around it are dropped. Narrower than RFC 5321 on purpose: no list, display name, quotes, comment, group, address literal,
 * source route (% and !), leading hyphen, control character or line break, and nothing outside ASCII (so nothing that NFKC
 * would turn into another address): no two readers can see two addresses in it. At most 64 characters before the @, 254 in all.
 */
export function normaliseEmailAddress(text: string): string | null {
  const address = text.replace(/^ +| +$/g, "")
  if (address.length > 254) return null
  const parts = address.split("@")
  const [localPart, domain] = parts
  if (parts.length !== 2 || localPart === undefined || domain === undefined) return null
  if (localPart.length > 64 || localPart.startsWith("-") || !LOCAL_PART.test(localPart)) return null
  const host = domain.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return isHostName(host) ? `${localPart}@${host}` : null
}

/** True when both name the same mailbox: capitals make no difference, as at every mail provider in use. */
export function isSameEmailAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function isHostName(host: string): boolean {
  const labels = host.split(".")
  const last = labels.at(-1) ?? ""
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(last)
}

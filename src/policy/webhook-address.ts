/**
 * An address to post to, written one way; null for what is none: https only, without user, password or fragment, on port 443 or one above 1023.
 * With `loopback` (tests, a machine of one's own) http too.
 */
export function webhookAddress(text: string, { loopback }: { loopback: boolean }): string | null {
  if (text.length > 500 || !URL.canParse(text.trim())) return null
  const { protocol, username, password, hash, port, href } = new URL(text.trim())
  if (protocol !== "https:" && !(loopback && protocol === "http:")) return null
  if (username || password || hash || (port !== "" && Number(port) < 1024)) return null
  return href
}

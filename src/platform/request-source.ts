import { isIP } from "node:net"

/** The header in which a request carries its source from the server's front to our code. What a client sends under this name is overwritten. */
export const sourceHeader = "x-portal-source"

/**
 * Where a request comes from, as something to count by: an IPv4 address, or of an IPv6 address its first 64 bits, which one customer has all to itself. `peer` is
 * the other end of the connection; only when that is a proxy of ours is X-Forwarded-For believed, from the right, up to the first address that is no proxy of ours.
 */
export function sourceOf(peer: string | undefined, forwarded: string | undefined, proxies: readonly string[]): string {
  const trusted = new Set(proxies.map(plain))
  const hops = [...(forwarded ?? "").split(",").map((hop) => hop.trim()).filter(Boolean), peer ?? ""].map(plain)
  const last = hops.findLast((hop) => !trusted.has(hop)) ?? hops[0] ?? ""
  return isIP(last) === 6 ? `${first64(last)}::/64` : isIP(last) === 4 ? last : "unknown"
}

/** An address as it is compared: IPv4 in IPv6 (::ffff:192.0.2.1, however written) as IPv4, without a zone. */
function plain(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$/g, "").replace(/%.*$/, "").toLowerCase()
  if (isIP(bare) !== 6) return isIP(bare.replace(/:\d+$/, "")) === 4 ? bare.replace(/:\d+$/, "") : bare
  const groups = groupsOf(bare)
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return groups.map((group) => group.toString(16)).join(":")
  return groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]).join(".")
}

function first64(address: string): string {
  return groupsOf(address).slice(0, 4).map((group) => group.toString(16)).join(":")
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const whole = dotted ? `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}` : address
  const [head = "", tail] = whole.split("::")
  const parse = (part: string) => (part === "" ? [] : part.split(":").map((group) => parseInt(group, 16)))
  const [before, behind] = [parse(head), tail === undefined ? [] : parse(tail)]
  return [...before, ...Array<number>(8 - before.length - behind.length).fill(0), ...behind]
}

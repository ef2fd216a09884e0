import { lookup } from "node:dns/promises"
import { BlockList, isIP } from "node:net"

/** No connection is made there: the name is not known, or it leads to an address that is not on the public internet. */
export class AddressRefused extends Error {
  readonly code: "no-such-host" | "not-public"

  constructor(code: "no-such-host" | "not-public") {
    super(`The address was refused: ${code}`)
    this.name = "AddressRefused"
    this.code = code
  }
}

/** What is not on the public internet (the IANA special-purpose address registries), and for version 6 what leads to version 4 by another way. */
const special = {
  ipv4: blockList("ipv4", [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"],
    ...["192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ]),
  ipv6: blockList("ipv6", [
    ...["::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"],
    ...["fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
  ]),
}

/** Whether an address is one on the public internet. */
export function isPublic(address: string): boolean {
  return isIP(address) !== 0 && !special[family(address)].check(address, family(address))
}

/**
 * The addresses of a host, asked once, to connect to as they are: who asks again could be answered something else. Throws AddressRefused for an unknown
 * name, and when any of them is not public. With `loopback` the own machine is let through, and nothing else that is not public.
 */
export async function publicAddressesOf(host: string, { loopback }: { loopback: boolean }): Promise<{ address: string; family: 4 | 6 }[]> {
  const found = await lookup(host.replace(/^\[(.*)\]$/, "$1"), { all: true }).catch(() => {
    throw new AddressRefused("no-such-host")
  })
  const isOwn = (address: string) => address === "127.0.0.1" || address === "::1"
  if (found.length === 0 || !found.every(({ address }) => isPublic(address) || (loopback && isOwn(address)))) throw new AddressRefused("not-public")
  return found.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 }))
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4"
}

function blockList(kind: "ipv4" | "ipv6", ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = "", bits] = range.split("/")
    list.addSubnet(address, Number(bits), kind)
  }
  return list
}

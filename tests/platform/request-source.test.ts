import { expect, test } from "vitest"
import { sourceOf } from "#platform/request-source.ts"

test.each<[string, string | undefined, string | undefined, string[], string]>([
  ["the other end of the connection", "192.0.2.1", undefined, [], "192.0.2.1"],
  ["not what a stranger says of itself", "192.0.2.1", "203.0.113.9", [], "192.0.2.1"],
  ["what our proxy says", "10.0.0.1", "203.0.113.9", ["10.0.0.1"], "203.0.113.9"],
  ["the last that is no proxy of ours, whatever stands before it", "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", ["10.0.0.1", "10.0.0.2"], "203.0.113.9"],
  ["IPv4 written as IPv6", "::ffff:192.0.2.1", undefined, [], "192.0.2.1"],
  ["IPv4 written as IPv6 in hexadecimal, in capitals and in full", "0:0:0:0:0:FFFF:C000:0201", undefined, [], "192.0.2.1"],
  ["a proxy that is written otherwise", "::ffff:10.0.0.1", "203.0.113.9", ["10.0.0.1"], "203.0.113.9"],
  ["the network of an IPv6 address", "2001:db8:1:2:3:4:5:6", undefined, [], "2001:db8:1:2::/64"],
  ["the same network from another address, written out", "2001:0DB8:0001:0002:ffff:0:0:1", undefined, [], "2001:db8:1:2::/64"],
  ["a zone that does not count", "fe80::1%eth0", undefined, [], "fe80:0:0:0::/64"],
  ["a port that does not count", "10.0.0.1", "203.0.113.9:4711", ["10.0.0.1"], "203.0.113.9"],
  ["an IPv6 address with a port", "10.0.0.1", "[2001:db8::1]:443", ["10.0.0.1"], "2001:db8:0:0::/64"],
  ["nothing that is no address", "10.0.0.1", "onzin", ["10.0.0.1"], "unknown"],
  ["nothing where nothing is known", undefined, undefined, [], "unknown"],
])("a request counts for %s", (_what, peer, forwarded, proxies, source) => {
  expect(sourceOf(peer, forwarded, proxies)).toBe(source)
})

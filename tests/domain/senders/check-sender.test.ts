import { generateKeyPairSync } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isAligned } from "#domain/senders/check-dmarc.ts"
import { checkSender } from "#domain/senders/check-sender.ts"
import { findSpf } from "#domain/senders/check-spf.ts"
import { namesFrom, type Names } from "#platform/dns.ts"
import { newId } from "#platform/ids.ts"
import type { Viewer } from "#policy/viewer.ts"
import { startDnsServer, type Zone } from "../../support/dns-server.ts"

const rsa = (bits: number) => generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "der", type: "spki" }).toString("base64")
const chain = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`txt k${n}.${count}.test`, [`v=spf1 ${n + 1 < count ? `include:k${n + 1}.${count}.test` : "ip4:192.0.2.1"} ~all`]]))

const zone: Zone = {
  "txt goed.test": ["een ander record", "v=spf1 mx include:_spf.server.test -all"],
  "mx goed.test": ["mx.goed.test"],
  "txt _spf.server.test": ["v=spf1 ip4:192.0.2.0/24 -all"],
  "txt selector1._domainkey.goed.test": [`v=DKIM1; k=rsa; p=${rsa(2048)}`],
  "txt _dmarc.goed.test": ["v=DMARC1; p=reject; adkim=s"],
  "txt bijna.test": ["v=spf1 include:_spf.elders.test ip4:192.0.2.7 ~all"],
  "txt _spf.elders.test": ["v=spf1 ip4:192.0.2.9 ~all"],
  "txt kort._domainkey.bijna.test": [`p=${rsa(1024)}`],
  "txt weg._domainkey.bijna.test": ["v=DKIM1; p="],
  "txt kapot._domainkey.bijna.test": ["v=DKIM1; p=geensleutel"],
  "txt _dmarc.bijna.test": ["v=DMARC1; p=none; sp=quarantine"],
  "txt dubbel.test": ["v=spf1 mx -all", "v=spf1 a -all"],
  "txt _dmarc.dubbel.test": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
  "txt rond.test": ["v=spf1 include:rond2.test -all"],
  "txt rond2.test": ["v=spf1 include:rond.test -all"],
  "txt verwijst.test": ["v=spf1 redirect=goed.test"],
  "txt leeg.test": ["v=spf1 a:niets1.test a:niets2.test mx:niets3.test -all"],
  "txt macro.test": ["v=spf1 exists:%{i}._spf.macro.test include:%{d}.elders.test -all"],
  "txt open.test": ["v=spf1 +all"],
  "txt los.test": ["v=spf1 mx"],
  "txt stuk.test": ["v=spf1 mix include:weg.test ptr -all"],
  "txt lijkterop.test": ["v=spf10 -all"],
  "silent stil.test": ["-"],
  ...chain(11), ...chain(12),
}

let server: Awaited<ReturnType<typeof startDnsServer>>
let names: Names
const viewer: Viewer = { accountId: newId(), partyId: newId(), kind: "employer", rank: "owner", sessionId: newId(), username: "x", locale: "nl" }
const check = (domain: string, more: { server?: string; selector?: string } = {}) => checkSender(viewer, { domain, server: more.server ?? null, selector: more.selector ?? null }, names)

beforeAll(async () => {
  server = await startDnsServer(zone)
  names = namesFrom([server.address])
})
afterAll(() => server.stop())

test("a domain with all three in order is told so, and nothing is to be added", async () => {
  expect(await check("goed.test", { server: "smtp.server.test" })).toEqual({
    domain: "goed.test",
    lookups: 2,
    spf: { state: "good", problems: [], found: "v=spf1 mx include:_spf.server.test -all", add: null },
    dkim: { state: "good", problems: [], found: "selector1", add: null },
    dmarc: { state: "good", problems: [], found: "v=DMARC1; p=reject; adkim=s", add: null },
  })
})

test("where nothing is there the records to add are exact", async () => {
  const { spf, dkim, dmarc } = await check("https://niets.test/contact", { server: "smtp.server.test" })
  expect(spf).toMatchObject({ state: "bad", problems: ["not-there"], add: { name: "niets.test", type: "TXT", value: "v=spf1 include:_spf.server.test ~all", replaces: false } })
  expect(dkim).toMatchObject({ state: "bad", problems: ["not-there"], add: null })
  expect(dmarc).toMatchObject({ state: "bad", add: { name: "_dmarc.niets.test", value: "v=DMARC1; p=none", replaces: false } })
  expect((await check("iemand@lijkterop.test")).spf).toMatchObject({ problems: ["not-there"], add: { value: "v=spf1 mx ~all" } })
})

test.each([
  ["smtp.server.test", "include:_spf.server.test"],
  ["smtp.office365.com", "include:spf.protection.outlook.com"],
  ["mail.zonderlijst.test", "a:mail.zonderlijst.test"],
])("a server that is not named is put in the record that is there: %s", async (host, term) => {
  expect((await check("bijna.test", { server: host })).spf).toMatchObject({
    state: "bad", problems: ["not-named"], add: { name: "bijna.test", value: `v=spf1 include:_spf.elders.test ip4:192.0.2.7 ${term} ~all`, replaces: true },
  })
})

test.each([
  ["dubbel.test", ["several"]],
  ["rond.test", ["loop"]],
  ["leeg.test", ["too-many-voids"]],
  ["macro.test", ["macro"]],
  ["open.test", ["allows-all"]],
  ["los.test", ["open-ended"]],
  ["stuk.test", ["syntax", "missing-include", "old-ptr"]],
  ["verwijst.test", []],
] as const)("the record of %s has %j", async (domain, problems) => {
  expect((await findSpf(names, domain)).problems).toEqual(problems)
})

test("ten look-ups are allowed, eleven are not; a redirect follows, and a second record is never offered", async () => {
  expect(await findSpf(names, "k0.11.test")).toMatchObject({ lookups: 10, problems: [] })
  expect(await findSpf(names, "k0.12.test")).toMatchObject({ lookups: 11, problems: ["too-many-lookups"] })
  expect((await findSpf(names, "verwijst.test")).names).toContain("include:_spf.server.test")
  expect((await check("verwijst.test", { server: "mail.zonderlijst.test" })).spf.add).toMatchObject({ value: "v=spf1 a:mail.zonderlijst.test redirect=goed.test", replaces: true })
  expect((await check("dubbel.test", { server: "smtp.server.test" })).spf.add).toBeNull()
})

test.each([
  ["kort", "fair", ["short-key"]],
  ["weg", "bad", ["revoked"]],
  ["kapot", "bad", ["broken-key"]],
  ["nergens", "bad", ["not-there"]],
] as const)("the key %s is %s: %j", async (selector, state, problems) => {
  expect((await check("bijna.test", { selector })).dkim).toMatchObject({ state, problems })
})

test("DMARC holds for what is under a domain, with its own policy; two records are none", async () => {
  expect((await check("bijna.test")).dmarc).toMatchObject({ state: "fair", problems: ["only-watches"] })
  expect((await check("post.bijna.test")).dmarc).toMatchObject({ state: "good", found: "v=DMARC1; p=none; sp=quarantine", add: null })
  expect((await check("dubbel.test")).dmarc).toMatchObject({ state: "bad", problems: ["several-policies"], add: null })
})

test.each([
  ["goed.test", "goed.test", true, true],
  ["mail.goed.test", "goed.test", false, true],
  ["mail.goed.test", "goed.test", true, false],
  ["goed.test", "post.goed.test", false, true],
  ["slechtgoed.test", "goed.test", false, false],
  ["elders.test", "goed.test", false, false],
])("proven for %s, sent by %s, strict %s: aligned %s", (proven, sender, isStrict, aligned) => {
  expect(isAligned(proven, sender, { at: "goed.test", isStrict })).toBe(aligned)
})

test("what is no domain is refused, a silent server is said, and an employee may not ask", async () => {
  for (const domain of ["", "x", "a b.test", "..", "-x.test", "127.0.0.1"]) await expect(check(domain)).rejects.toMatchObject({ code: "sender-domain" })
  await expect(check("stil.test")).rejects.toMatchObject({ code: "dns-silent" })
  await expect(checkSender({ ...viewer, kind: "employee" }, { domain: "goed.test", server: null, selector: null }, names)).rejects.toMatchObject({ status: 403 })
})

import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { addRole } from "#domain/accounts/add-role.ts"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { askAddressLink, viewChangedAddress } from "#domain/accounts/changed-address.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { confirmAddress, viewWaitingAddresses } from "#domain/accounts/confirm-address.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { changeContactEmail } from "#domain/parties/change-contact-email.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { linkLimits } from "#policy/link-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeSelfRunning, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const codeOf = (work: Promise<unknown>) => work.then(() => "done", (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)))
const another = "drie blauwe paraplu's in maart"
const evil = "loonadministratie@elders.test"

let first: Viewer
let second: Viewer
let count = 0

beforeAll(async () => {
  first = await makeSelfRunning("999990032L01")
  second = await makeSelfRunning("999990056L01")
})

/** Somebody employed at the first employer, and one more employment at the second one, which nobody acts for yet. */
async function newcomer(): Promise<{ viewer: Viewer; address: string; other: string }> {
  const n = String(++count)
  const address = `persoon${n}@voorbeeld.test`
  for (const employer of [first, second]) await bringIn(employer, null, "csv", Buffer.from(`nummer;achternaam;email\n${n};Bakker;${address}`))
  const [own, other] = await Promise.all([first, second].map(({ partyId }) => asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId: partyId, number: n }, select: { id: true } }))))
  return { viewer: await viewerFor("employee", own?.id ?? "", `naam${n}@test.test`), address, other: other?.id ?? "" }
}

const alsoFor = (viewer: Viewer, partyId: string) => asSystem("operate", (tx) => addRole(tx, { accountId: viewer.accountId, partyId }, today))

/** The links for a password that were mailed, newest first: where to, and the token. */
async function links({ accountId }: Viewer): Promise<{ to: string; token: string }[]> {
  return mailed(accountId, "password-link")
}

async function mailed(accountId: string, kind: string): Promise<{ to: string; token: string }[]> {
  const rows = await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId, kind }, orderBy: { id: "desc" }, select: { id: true, toAddress: true } }))
  return Promise.all(rows.map(async ({ id, toAddress }) => ({ to: toAddress, token: (await openMail(id))?.token ?? "" })))
}

const use = (viewer: Viewer, token: string, at = today) => codeOf(choosePassword({ token, proof: null, username: viewer.username, password: another, device: null }, at))

/** Comes in by a link, so that its address is proven. */
async function prove(viewer: Viewer): Promise<void> {
  await askPasswordLink({ username: viewer.username }, today)
  expect(await use(viewer, (await links(viewer))[0]?.token ?? "")).toBe("done")
}

describe("an account for one party", () => {
  test("gets a link of its own at payroll's address and at the private one; using one ends the other, proves no more than where it went, and is counted as one asking", async () => {
    const { viewer, address } = await newcomer()
    await changePrivateEmail(viewer, { address: "thuis@prive.test" }, today)
    await confirmAddress(viewer, { token: (await mailed(viewer.accountId, "confirm-address"))[0]?.token ?? "" }, today)
    for (let n = 0; n < 8; n++) await askPasswordLink({ username: viewer.username }, later(n))
    const sent = await links(viewer)
    expect(sent.map(({ to }) => to).toSorted()).toEqual([...Array(linkLimits.perHour).fill(address), ...Array(linkLimits.perHour).fill("thuis@prive.test")])
    expect(new Set(sent.map(({ token }) => token)).size).toBe(2 * linkLimits.perHour)
    const [one, other] = [sent.find(({ to }) => to === address)?.token ?? "", sent.find(({ to }) => to !== address)?.token ?? ""]
    expect(await use(viewer, one, later(8))).toBe("done")
    expect(await use(viewer, other, later(8))).toBe("link-ended")
    expect(await asSystem("operate", (tx) => tx.provenAddress.findMany({ where: { accountId: viewer.accountId }, select: { address: true } }))).toEqual([{ address }])
  })

  test("goes on getting it at the address that payroll says, confirmed or not", async () => {
    const { viewer } = await newcomer()
    await changeContactEmail(first, { partyId: viewer.partyId, email: "nieuw@voorbeeld.test" }, today)
    await askPasswordLink({ username: viewer.username }, today)
    expect((await links(viewer)).map(({ to }) => to)).toEqual(["nieuw@voorbeeld.test"])
  })
})

describe("an account for several employers", () => {
  test("gives the second one no link by another address, in the portal or by an import: only a proven address gets one", async () => {
    const { viewer, address, other } = await newcomer()
    await prove(viewer)
    await alsoFor(viewer, other)
    await changeContactEmail(second, { partyId: other, email: evil }, today)
    await askPasswordLink({ username: viewer.username }, later(1))
    await bringIn(second, null, "csv", Buffer.from(`nummer;email\n${count};weer.${evil}`))
    await askPasswordLink({ username: viewer.username }, later(2))
    expect((await links(viewer)).map(({ to }) => to)).toEqual([address, address, address])
    const told = (await mailed(viewer.accountId, "account-changed")).filter(({ token }) => token === "contact-email-changed").map(({ to }) => to)
    expect(new Set(told)).toEqual(new Set([address, evil, `weer.${evil}`]))
  })

  test("gives the new one no link by the address it said before the employment was linked, nor by a link that it had asked already", async () => {
    const { viewer, address, other } = await newcomer()
    await prove(viewer)
    await changeContactEmail(second, { partyId: other, email: evil }, today)
    await alsoFor(viewer, other)
    await askPasswordLink({ username: viewer.username }, later(1))
    expect((await links(viewer)).map(({ to }) => to)).toEqual([address, address])

    const next = await newcomer()
    await changeContactEmail(first, { partyId: next.viewer.partyId, email: evil }, today)
    await askPasswordLink({ username: next.viewer.username }, today)
    const [asked] = await links(next.viewer)
    expect(asked?.to).toBe(evil)
    expect(await viewPasswordLink(asked?.token ?? "", today)).toMatchObject({ state: "open" })
    await alsoFor(next.viewer, next.other)
    expect(await viewPasswordLink(asked?.token ?? "", today)).toEqual({ state: "ended" })
    expect(await use(next.viewer, asked?.token ?? "")).toBe("link-ended")
  })

  test("is for several also where one of them blocked it: the other gets no link by that", async () => {
    const { viewer, other } = await newcomer()
    await prove(viewer)
    await alsoFor(viewer, other)
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: viewer.accountId, partyId: viewer.partyId }, data: { blockedAt: today } }))
    await changeContactEmail(second, { partyId: other, email: evil }, today)
    await askPasswordLink({ username: viewer.username }, later(1))
    expect(await links(viewer)).toHaveLength(1)
  })

  test("gets none at all where nothing is proven, and one again at an address that its holder confirmed, signed in", async () => {
    const { viewer, address, other } = await newcomer()
    await alsoFor(viewer, other)
    await askPasswordLink({ username: viewer.username }, today)
    expect(await links(viewer)).toEqual([])
    await changeContactEmail(second, { partyId: other, email: "nieuw2@voorbeeld.test" }, today)
    const [sent] = await mailed(viewer.accountId, "confirm-address")
    expect(sent?.to).toBe("nieuw2@voorbeeld.test")
    const stranger = await newcomer()
    expect(await codeOf(confirmAddress(stranger.viewer, { token: sent?.token ?? "" }, today))).toBe("link-unknown")
    expect([await viewWaitingAddresses(viewer, today), await viewWaitingAddresses(stranger.viewer, today)]).toEqual([["nieuw2@voorbeeld.test"], []])
    await confirmAddress(viewer, { token: sent?.token ?? "" }, today)
    expect(await viewWaitingAddresses(viewer, today)).toEqual([])
    await askPasswordLink({ username: viewer.username }, later(1))
    expect((await links(viewer)).map(({ to }) => to)).toEqual(["nieuw2@voorbeeld.test"])
    expect((await links(viewer)).map(({ to }) => to)).not.toContain(address)
  })
})

describe("who is inside and whose address is changed", () => {
  test("keeps the username, hears it at both addresses, finds the old links over, and is asked by whom; confirming it ends the question", async () => {
    const { viewer, address } = await newcomer()
    await prove(viewer)
    await askPasswordLink({ username: viewer.username }, later(1))
    const old = (await links(viewer))[0]?.token ?? ""
    expect(await viewChangedAddress(viewer)).toBeNull()
    expect(await changeContactEmail(first, { partyId: viewer.partyId, email: "Ander@voorbeeld.test" }, later(2))).toBe("told")
    expect(await viewPasswordLink(old, later(2))).toEqual({ state: "ended" })
    const told = (await mailed(viewer.accountId, "account-changed")).filter(({ token }) => token === "contact-email-changed").map(({ to }) => to)
    expect(told.toSorted()).toEqual(["Ander@voorbeeld.test", address].toSorted())
    expect(await viewChangedAddress(viewer)).toEqual({ address: "Ander@voorbeeld.test", by: "Bakkerij De Korenmaat B.V." })
    const { username } = await asSystem("operate", (tx) => tx.account.findUniqueOrThrow({ where: { id: viewer.accountId }, select: { username: true } }))
    expect(username).toBe(viewer.username)
    const token = (await mailed(viewer.accountId, "confirm-address"))[0]?.token ?? ""
    const twice = await Promise.all([1, 2].map(() => codeOf(confirmAddress(viewer, { token }, later(3)))))
    expect(twice.toSorted()).toEqual(["address-link-used", "done"])
    expect(await viewChangedAddress(viewer)).toBeNull()
    expect(await codeOf(askAddressLink(viewer, later(3)))).toBe("address-none")
  })

  test("has the link mailed again, at most five an hour; the one of before is over, and so is one about an address that changed since", async () => {
    const { viewer } = await newcomer()
    await changeContactEmail(first, { partyId: viewer.partyId, email: "a@voorbeeld.test" }, today)
    const [{ token: before } = { token: "" }] = await mailed(viewer.accountId, "confirm-address")
    await askAddressLink(viewer, later(1))
    expect(await codeOf(confirmAddress(viewer, { token: before }, later(1)))).toBe("address-link-ended")
    for (let n = 2; n < 5; n++) await askAddressLink(viewer, later(n))
    expect(await codeOf(askAddressLink(viewer, later(5)))).toBe("private-email-too-many")
    const [{ token } = { token: "" }] = await mailed(viewer.accountId, "confirm-address")
    await changeContactEmail(first, { partyId: viewer.partyId, email: "" }, later(6))
    expect(await codeOf(confirmAddress(viewer, { token }, later(6)))).toBe("address-link-ended")
    expect(await viewChangedAddress(viewer)).toBeNull()
  })

  test("is not asked again when payroll goes back to an address that is proven", async () => {
    const { viewer, address } = await newcomer()
    await prove(viewer)
    await changeContactEmail(first, { partyId: viewer.partyId, email: "vergissing@voorbeeld.test" }, later(1))
    await changeContactEmail(first, { partyId: viewer.partyId, email: address.toUpperCase() }, later(2))
    expect(await viewChangedAddress(viewer)).toBeNull()
    expect((await mailed(viewer.accountId, "confirm-address")).map(({ to }) => to)).toEqual(["vergissing@voorbeeld.test"])
  })

  test("does not lose a private address that waits to be confirmed", async () => {
    const { viewer } = await newcomer()
    await changePrivateEmail(viewer, { address: "prive@thuis.test" }, today)
    const [{ token } = { token: "" }] = await mailed(viewer.accountId, "confirm-address")
    await changeContactEmail(first, { partyId: viewer.partyId, email: "werk@voorbeeld.test" }, later(1))
    expect(await codeOf(confirmAddress(viewer, { token }, later(2)))).toBe("done")
  })
})

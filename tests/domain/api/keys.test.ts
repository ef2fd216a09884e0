import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { checkKey } from "#domain/api-keys/check-key.ts"
import { listKeys } from "#domain/api-keys/list-keys.ts"
import { keyPrefix, makeKey, revokeKey, takeOverKey, type MakeKeyInput } from "#domain/api-keys/make-key.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { changeOffice } from "#domain/parties/change-office.ts"
import { addStaff, changeStaff, removeStaff } from "#domain/staff/change-staff.ts"
import { listStaff } from "#domain/staff/list-staff.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { API_SCOPES } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, makeSelfRunning, viewerFor } from "../../support/house.ts"
import { comeIn } from "../../support/staff.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
const now = () => new Date()
const input: MakeKeyInput = { name: "Salarispakket", scopes: API_SCOPES, clients: null, days: null }

let office: Viewer
let bakeryId: string
let butcherId: string
let bakery: Viewer

beforeAll(async () => {
  office = await makeOffice()
  await asSystem("operate", (tx) => tx.office.updateMany({ where: { id: office.partyId }, data: { email: "kantoor@kantoor.test" } }))
  bakeryId = await makeClient(office)
  butcherId = await makeClient(office, "999990044L01")
  bakery = await viewerFor("employer", bakeryId)
  await bringInBakers(office, bakeryId)
})

const secretOf = (by: Viewer, given: Partial<MakeKeyInput> = {}) => makeKey(by, { ...input, ...given }, now())
const works = async (secret: string) => (await checkKey(secret, now())) !== null
const callWith = (secret: string | null): ApiCall => callerWith(api, secret)
const idsOf = (body: unknown) => (typeof body === "object" && body !== null && "rows" in body && Array.isArray(body.rows) ? body.rows.map(({ id }: { id: string }) => id).toSorted() : [])

describe("an owner", () => {
  test("makes a key that is told once: what is kept is a hash and the last four characters, and the owners are mailed", async () => {
    const { keyId, secret } = await secretOf(office)
    expect(secret).toMatch(/^ld_live_[A-Za-z0-9_-]{43}$/)
    const row = await asSystem("operate", (tx) => tx.apiKey.findUniqueOrThrow({ where: { id: keyId } }))
    expect(row.secretHash).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(secret.slice(keyPrefix.length))
    expect((await listKeys(office, now())).keys[0]).toMatchObject({ id: keyId, name: "Salarispakket", hint: secret.slice(-4), scopes: API_SCOPES, clients: null, state: "works", lastUsedAt: null })
    const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId: office.accountId, kind: "account-changed" }, select: { id: true, toAddress: true } }))
    expect(mails.map(({ toAddress }) => toAddress)).toEqual(["kantoor@kantoor.test"])
    expect(await openMail(mails[0]?.id ?? "")).toMatchObject({ token: "api-key-made" })
    const events = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { subjectId: keyId }, select: { kind: true, accountId: true, chainId: true } }))
    expect(events).toEqual([{ kind: "api-key.made", accountId: office.accountId, chainId: office.partyId }])
  })

  test("revokes it at once; twice is not there any more", async () => {
    const { keyId, secret } = await secretOf(office)
    expect((await callWith(secret)("GET /employers")).status).toBe(200)
    await revokeKey(office, { keyId }, now())
    expect((await callWith(secret)("GET /employers")).status).toBe(401)
    await expect(revokeKey(office, { keyId }, now())).rejects.toMatchObject({ code: "not-found" })
    expect((await listKeys(office, now())).keys.some((one) => one.id === keyId)).toBe(false)
  })

  test("has twenty keys at most, also when two are made at once", async () => {
    const other = await makeOffice()
    for (let made = 1; made < apiLimits.keys; made++) await secretOf(other)
    const both = await Promise.allSettled([secretOf(other), secretOf(other)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
    await expect(secretOf(other)).rejects.toMatchObject({ code: "api-keys-too-many" })
  })

  test("is told what is wrong: no scope, a client of another office, no client", async () => {
    await expect(secretOf(office, { scopes: [] })).rejects.toMatchObject({ code: "api-scopes-none" })
    const scopes = ["employers:read"] as const
    await expect(secretOf(office, { scopes, clients: [] })).rejects.toMatchObject({ code: "clients-none" })
    const elsewhere = await makeClient(await makeOffice(), "999990056L01")
    await expect(secretOf(office, { scopes, clients: [elsewhere] })).rejects.toMatchObject({ code: "not-found" })
    await expect(secretOf(office, { scopes: ["webhooks:manage"], clients: [bakeryId] })).rejects.toMatchObject({ code: "api-scope-of-all" })
    await expect(secretOf(bakery, { scopes: ["employers:read"], clients: [bakeryId] })).rejects.toMatchObject({ code: "invalid" })
  })

  test("of an employer with an office gives what reads, and webhooks of its own; one that runs payroll gives all", async () => {
    expect((await listKeys(bakery, now())).scopes).toEqual(["employers:read", "employees:read", "webhooks:manage"])
    await expect(secretOf(bakery, { scopes: ["deliveries:send"] })).rejects.toMatchObject({ code: "api-scope-not-here" })
    const ask = callWith(await keyOf(bakery, { scopes: ["employers:read", "employees:read"] }))
    expect(idsOf((await ask("GET /employers")).body)).toEqual([bakeryId])
    expect(idsOf((await ask(`GET /employers/${bakeryId}/employees`)).body)).toHaveLength(24)
    const alone = await makeSelfRunning("999990081L01")
    expect((await listKeys(alone, now())).scopes).toEqual(API_SCOPES)
  })
})

describe("keys are nobody else's", () => {
  test("a member, a reader and an employee make, see and end none; nor does another office", async () => {
    const { keyId } = await secretOf(office)
    await addStaff(office, { name: "Iris", email: "iris@kantoor.test", rank: "member", clients: null }, now())
    const member = await comeIn("iris@kantoor.test")
    const [baker = ""] = (await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId: bakeryId }, select: { id: true }, take: 1 }))).map(({ id }) => id)
    for (const who of [member, await viewerFor("employee", baker)]) {
      await expect(secretOf(who, { scopes: ["employers:read"] })).rejects.toMatchObject({ code: "owners-only" })
      await expect(listKeys(who, now())).rejects.toMatchObject({ code: "owners-only" })
      await expect(revokeKey(who, { keyId }, now())).rejects.toMatchObject({ code: "owners-only" })
      expect(await asViewer(who, (tx) => tx.apiKey.count())).toBe(0)
    }
    const stranger = await makeOffice()
    await expect(revokeKey(stranger, { keyId }, now())).rejects.toMatchObject({ code: "not-found" })
    await expect(takeOverKey(stranger, { keyId }, now())).rejects.toMatchObject({ code: "not-found" })
    expect((await listKeys(stranger, now())).keys).toEqual([])
  })

  test("a key sees no keys and no colleagues, and makes no key", async () => {
    const holder = await checkKey(await keyOf(office), now())
    if (!holder) throw new Error("The key works")
    expect(await asViewer(holder.viewer, async (tx) => [await tx.apiKey.count(), await tx.accountRole.count(), await tx.account.count()])).toEqual([0, 0, 0])
    await expect(makeKey({ ...holder.viewer, rank: "owner" }, input, now())).rejects.toMatchObject({ code: "owners-only" })
  })
})

describe("a key", () => {
  test("for some clients sees those and no other", async () => {
    const ask = callWith(await keyOf(office, { clients: [butcherId] }))
    expect(idsOf((await ask("GET /employers")).body)).toEqual([butcherId])
    expect((await ask(`GET /employers/${bakeryId}`)).status).toBe(404)
    expect((await ask("POST /deliveries", { json: { employerId: bakeryId } })).status).toBe(404)
    expect((await ask("POST /deliveries", { json: { employerId: butcherId } })).status).toBe(201)
  })

  test("that only reads is a reader for the database too", async () => {
    const holder = await checkKey(await keyOf(office, { scopes: ["deliveries:read"] }), now())
    expect(holder?.viewer.rank).toBe("reader")
    await expect(asViewer(holder?.viewer ?? office, (tx) => tx.delivery.deleteMany({}))).rejects.toThrow()
  })

  test("loses a client that goes to another office, that same second", async () => {
    const goneId = await makeClient(office, "999990093L01")
    const ask = callWith(await keyOf(office))
    expect((await ask(`GET /employers/${goneId}`)).status).toBe(200)
    const other = await makeOffice()
    await asSystem("operate", (tx) => changeOffice(tx, { employerId: goneId, officeId: other.partyId }, now()))
    expect((await ask(`GET /employers/${goneId}`)).status).toBe(404)
  })

  test("does not outlive its last day, and rests while who made it is no owner: until another owner takes it over", async () => {
    const yesterday = new Date(Date.now() - 2 * 24 * 60 * 60_000)
    expect(await works((await makeKey(office, { ...input, days: 1 }, yesterday)).secret)).toBe(false)
    expect((await listKeys(office, now())).keys[0]?.state).toBe("over")
    await addStaff(office, { name: "Sanne", email: "sanne@kantoor.test", rank: "owner", clients: null }, now())
    const second = await comeIn("sanne@kantoor.test")
    const { keyId, secret } = await secretOf(second)
    const roleId = (await listStaff(office)).find((one) => one.email === "sanne@kantoor.test")?.roleId ?? ""
    await changeStaff(office, { roleId, rank: "member", clients: null }, now())
    expect(await works(secret)).toBe(false)
    expect((await listKeys(office, now())).keys.find((one) => one.id === keyId)?.state).toBe("resting")
    await takeOverKey(office, { keyId }, now())
    expect(await works(secret)).toBe(true)
    await removeStaff(office, { roleId }, now())
    expect(await works(secret)).toBe(true)
  })

  test("stops with the account on whose authority it works: blocked there, or everywhere", async () => {
    const other = await makeOffice()
    const { secret } = await secretOf(other)
    const block = (data: { blockedAt: Date | null }) => asSystem("operate", (tx) => tx.account.updateMany({ where: { id: other.accountId }, data }))
    await block({ blockedAt: now() })
    expect(await works(secret)).toBe(false)
    await block({ blockedAt: null })
    expect(await works(secret)).toBe(true)
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: other.accountId }, data: { blockedAt: now() } }))
    expect(await works(secret)).toBe(false)
  })

  test("is noted as used once a minute at most, and has to wait after too many requests in one", async () => {
    const { keyId, secret } = await secretOf(office)
    const at = new Date("2026-11-30T12:00:30Z")
    const lastUsed = async () => (await asSystem("operate", (tx) => tx.apiKey.findUnique({ where: { id: keyId }, select: { lastUsedAt: true } })))?.lastUsedAt
    await checkKey(secret, at)
    await checkKey(secret, new Date(at.getTime() + 20_000))
    expect(await lastUsed()).toEqual(at)
    await asSystem("operate", (tx) => tx.apiKeyUse.updateMany({ where: { keyId }, data: { count: apiLimits.perMinute - 2 } }))
    const many = await Promise.allSettled(Array.from({ length: 5 }, () => checkKey(secret, at)))
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(2)
    await expect(checkKey(secret, at)).rejects.toMatchObject({ code: "rate-limited", details: { seconds: 30 } })
    await checkKey(secret, new Date(at.getTime() + 61_000))
    expect(await lastUsed()).toEqual(new Date(at.getTime() + 61_000))
  })
})

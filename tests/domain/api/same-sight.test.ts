import { afterAll, beforeAll, expect, test } from "vitest"
import { checkKey } from "#domain/api-keys/check-key.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { ApiScope } from "#policy/api-scopes.ts"
import type { Rank } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keyOf } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, makeSelfRunning, sendOff, startWith, viewerFor } from "../../support/house.ts"
import { comeIn } from "../../support/staff.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let office: Viewer
let bakeryId: string
let butcherId: string

beforeAll(async () => {
  office = await makeOffice()
  bakeryId = await makeClient(office)
  butcherId = await makeClient(office, "999990044L01")
  await bringInBakers(office, bakeryId)
  await sendOff(office, await startWith(office, bakeryId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]))
  await startDelivery(office, { employerId: butcherId }, new Date())
  const elsewhere = await makeOffice()
  await startDelivery(elsewhere, { employerId: await makeClient(elsewhere, "999990056L01") }, new Date())
})

const rights: readonly [string, { rank: Rank; scopes: readonly ApiScope[]; at: () => Promise<Viewer>; clients: () => string[] | null }][] = [
  ["of an office that changes something, for all clients", { rank: "member", scopes: ["deliveries:write"], at: async () => office, clients: () => null }],
  ["of an office that changes something, for one client", { rank: "member", scopes: ["deliveries:send"], at: async () => office, clients: () => [butcherId] }],
  ["of an office that only reads, for one client", { rank: "reader", scopes: ["deliveries:read"], at: async () => office, clients: () => [bakeryId] }],
  ["of an employer with an office", { rank: "reader", scopes: ["employees:read"], at: () => viewerFor("employer", bakeryId), clients: () => null }],
  ["of an employer that runs payroll", { rank: "reader", scopes: ["deliveries:read"], at: () => makeSelfRunning("999990081L01"), clients: () => null }],
]

test.each(rights)("a key %s sees what a colleague with the same rights sees, in every table but those of who they are", async (_which, { rank, scopes, at, clients }) => {
  const owner = await at()
  const email = `collega-${crypto.randomUUID()}@test.test`
  await addStaff(owner, { name: "Collega", email, rank, clients: clients() }, new Date())
  const colleague = await comeIn(email)
  const holder = await checkKey(await keyOf(owner, { scopes, clients: clients() }), new Date())
  if (!holder) throw new Error("The key works")
  const seen = await asViewer(holder.viewer, sightOf)
  expect(seen).toEqual(await asViewer(colleague, sightOf))
  expect(seen["employer"]).toHaveLength(clients()?.length ?? (owner.kind === "office" ? 2 : 1))
})

test("nobody enters as a key for another party than its own, nor as one that was revoked", async () => {
  const holder = await checkKey(await keyOf(office), new Date())
  const bakery = await viewerFor("employer", bakeryId)
  const seenAt = (partyId: string) => asViewer({ accountId: holder?.viewer.accountId ?? "", partyId }, (tx) => tx.employer.count())
  expect([await seenAt(office.partyId), await seenAt(bakery.partyId)]).toEqual([2, 0])
  await asSystem("operate", (tx) => tx.apiKey.updateMany({ where: { id: holder?.viewer.accountId ?? "" }, data: { revokedAt: new Date() } }))
  expect(await seenAt(office.partyId)).toBe(0)
})

type Tx = Parameters<Parameters<typeof asViewer>[1]>[0]

/** The ids of all rows in sight, by table. */
async function sightOf(tx: Tx): Promise<Record<string, string[]>> {
  const only = { select: { id: true } } as const
  const found = {
    audience: await tx.audience.findMany(only),
    office: await tx.office.findMany(only),
    employer: await tx.employer.findMany(only),
    engagement: await tx.engagement.findMany(only),
    employee: await tx.employee.findMany(only),
    dossier: await tx.dossier.findMany(only),
    file: await tx.dossierFile.findMany(only),
    grant: await tx.grant.findMany({ select: { id: true } }),
    delivery: await tx.delivery.findMany(only),
    upload: await tx.deliveryUpload.findMany(only),
    item: await tx.deliveryItem.findMany(only),
    key: await tx.apiKey.findMany(only),
    webhook: await tx.webhook.findMany(only),
  }
  return Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.map(({ id }) => id).toSorted()]))
}

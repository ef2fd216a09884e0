import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { addRole } from "#domain/accounts/add-role.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { openFile } from "#domain/files/open-file.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { beginSession } from "#domain/sessions/begin-session.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { switchRole } from "#domain/sessions/switch-role.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, makeClient, makeOffice, sendOff, startWith, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(closeDatabase)

let office: Viewer
let director: Viewer
let asEmployee: Viewer
let colleague: Viewer

beforeAll(async () => {
  office = await makeOffice()
  const employerId = await makeClient(office)
  const bakers = await bringInBakers(office, employerId)
  const [first = "", second = ""] = bakers.values()
  director = await viewerFor("employer", employerId)
  colleague = await viewerFor("employee", second)
  await asSystem("operate", (tx) => addRole(tx, { accountId: director.accountId, partyId: first }, today))
  asEmployee = { ...director, partyId: first, kind: "employee" }
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]))
})

async function beginAs(viewer: Viewer): Promise<{ viewer: Viewer; secret: string }> {
  const secret = await asSystem("sign-in", (tx) => beginSession(tx, { ...viewer, device: null }, today))
  const found = await checkSession(secret, today)
  if (!found) throw new Error("The session did not begin")
  return { viewer: found, secret }
}

describe("an account with several roles", () => {
  test("has all of them in the bar, and one that holds one has none to choose from", async () => {
    const { roles } = await viewFrame(director)
    expect(roles.map(({ kind, at }) => [kind, at])).toEqual([["employer", null], ["employee", "Bakkerij De Korenmaat B.V."]])
    expect((await viewFrame(colleague)).roles).toEqual([])
  })

  test("counts and lists what is unread over all of them, in whichever role it looks, each file with the role it came to", async () => {
    for (const viewer of [director, asEmployee]) {
      const { files } = await listUnread(viewer)
      expect(files.map(({ kind, partyId }) => [kind, partyId]).sort()).toEqual([["payslip", asEmployee.partyId], ["series-overview", director.partyId]].sort())
      expect((await viewFrame(viewer)).unread).toBe(2)
    }
    expect((await listUnread(colleague)).files).toHaveLength(1)
  })

  test("opens a file only in the role that sees it, and then it is read for the account in every role", async () => {
    const { files } = await listUnread(director)
    const overview = files.find(({ kind }) => kind === "series-overview")?.id ?? ""
    await expect(openFile(asEmployee, { fileId: overview, how: "view" })).rejects.toMatchObject({ code: "not-found" })
    await bytesOf((await openFile(director, { fileId: overview, how: "view" })).stream)
    expect((await listUnread(asEmployee)).files.map(({ kind }) => kind)).toEqual(["payslip"])
    expect((await viewFrame(asEmployee)).unread).toBe(1)
  })

  test("changes role with a new session: the secret of the old one opens nothing any more, and the new one lives no longer", async () => {
    const before = await beginAs(director)
    const secret = await switchRole(before.viewer, { partyId: asEmployee.partyId, device: null }, today)
    expect(secret).not.toBe(before.secret)
    expect(await checkSession(before.secret, today)).toBeNull()
    expect(await checkSession(secret, today)).toMatchObject({ kind: "employee", partyId: asEmployee.partyId, accountId: director.accountId })
    const sessions = await asSystem("operate", (tx) => tx.session.findMany({ where: { accountId: director.accountId }, orderBy: { id: "desc" }, take: 2, select: { expiresAt: true } }))
    expect(sessions[0]?.expiresAt).toEqual(sessions[1]?.expiresAt)
    const kinds = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { chainId: director.accountId }, orderBy: { seq: "desc" }, take: 1, select: { kind: true } }))
    expect(kinds).toEqual([{ kind: "account.role-switched" }])
  })

  test("changes once when two tabs do it at the same moment", async () => {
    const { viewer } = await beginAs(director)
    const both = await Promise.allSettled([1, 2].map(() => switchRole(viewer, { partyId: asEmployee.partyId, device: null }, today)))
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
  })

  test("cannot take a role of somebody else, nor one that ended, which is gone from the bar too; the session stays", async () => {
    const { viewer, secret } = await beginAs(director)
    for (const partyId of [colleague.partyId, office.partyId, crypto.randomUUID()])
      await expect(switchRole(viewer, { partyId, device: null }, today)).rejects.toMatchObject({ code: "not-found" })
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: viewer.accountId, partyId: asEmployee.partyId }, data: { endedAt: today } }))
    await expect(switchRole(viewer, { partyId: asEmployee.partyId, device: null }, today)).rejects.toMatchObject({ code: "not-found" })
    expect((await viewFrame(viewer)).roles).toEqual([])
    expect((await listUnread(viewer)).files).toEqual([])
    expect(await checkSession(secret, today)).not.toBeNull()
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: viewer.accountId }, data: { endedAt: null } }))
  })

  test("keeps the role of an employment that was left", async () => {
    await asSystem("operate", (tx) => tx.employee.updateMany({ where: { id: asEmployee.partyId }, data: { employedTo: new Date("2026-01-31") } }))
    expect((await viewFrame(director)).roles).toHaveLength(2)
    expect((await listUnread(director)).files.map(({ partyId }) => partyId)).toEqual([asEmployee.partyId])
  })

  test("sees nothing in any role once it is blocked", async () => {
    await asSystem("operate", (tx) => tx.account.updateMany({ where: { id: director.accountId }, data: { blockedAt: today } }))
    expect((await listUnread(director)).files).toEqual([])
    await expect(switchRole(director, { partyId: asEmployee.partyId, device: null }, today)).rejects.toMatchObject({ code: "not-found" })
  })
})

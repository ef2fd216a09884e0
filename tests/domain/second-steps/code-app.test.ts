import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { signIn } from "#domain/accounts/sign-in.ts"
import { beginCodeApp, confirmCodeApp, renewRecoveryCodes, turnOffCodeApp, viewCodeAppSetUp } from "#domain/second-steps/code-app.ts"
import { passSecondStep, viewPending } from "#domain/second-steps/pass-second-step.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { codeAppFailures } from "#policy/second-step-rules.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { goodPassword, makeOffice, today } from "../../support/house.ts"
import { codeFor } from "../../support/totp.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const after = (seconds: number) => new Date(today.getTime() + seconds * 1000)
/** A wrong code for as long as these tests last: none of the codes of the steps around it. */
const wrongFor = (secret: string, at: Date) => ["000000", "111111", "222222", "333333", "444444"].find((one) => [-1, 0, 1].every((away) => codeFor(secret, at, { away }) !== one)) ?? ""

let viewer: Viewer
let secret: string
let codes: string[]

/** The password was right: what waits for the second step. */
async function pendingAt(at: Date): Promise<string> {
  const entered = await signIn({ username: viewer.username, password: goodPassword, device: null }, at)
  return "pending" in entered ? entered.pending : ""
}

/** What a try was answered: its code, or by what it came inside. */
async function tried(pending: string, code: string, at: Date): Promise<string> {
  return passSecondStep({ pending, code }, at).then((passed) => passed.by, (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)))
}

async function events(kind: string): Promise<number> {
  return asSystem("operate", (tx) => tx.auditEvent.count({ where: { chainId: viewer.accountId, kind } }))
}

beforeAll(async () => {
  viewer = await makeOffice()
  await beginCodeApp(viewer, today)
  secret = (await viewCodeAppSetUp(viewer, today))?.secret ?? ""
  codes = await confirmCodeApp(viewer, { code: codeFor(secret, today) }, today)
})

describe("a code app", () => {
  test("counts only once a code has confirmed it, within the hour, and comes with ten recovery codes", async () => {
    const other = await makeOffice()
    await expect(confirmCodeApp(other, { code: "123456" }, today)).rejects.toMatchObject({ code: "code-app-not-begun" })
    await beginCodeApp(other, today)
    const shown = (await viewCodeAppSetUp(other, today))?.secret ?? ""
    expect(await signIn({ username: other.username, password: goodPassword, device: null }, today)).toHaveProperty("session")
    await expect(confirmCodeApp(other, { code: wrongFor(shown, today) }, today)).rejects.toMatchObject({ code: "code-app-wrong" })
    expect(await viewCodeAppSetUp(other, after(3601))).toBeNull()
    expect(await viewSecurity(other)).toMatchObject({ hasSecondStep: false, codeAppSince: null })
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/.test(code))).toBe(true)
    expect(await viewSecurity(viewer)).toMatchObject({ hasSecondStep: true, recoveryLeft: 10 })
    expect(await events("account.second-step-on")).toBe(1)
  })

  test("keeps its secret sealed, bound to its account, and of the recovery codes no more than keyed hashes", async () => {
    const [totp, kept] = await asSystem("operate", (tx) => Promise.all([tx.totp.findFirst({ where: { accountId: viewer.accountId } }), tx.recoveryCode.findMany({ where: { accountId: viewer.accountId } })]))
    const plain = secret.replaceAll(" ", "")
    expect(Buffer.from(totp?.sealed ?? []).toString("latin1")).not.toContain(plain)
    expect(totp?.waiting).toBeNull()
    expect(kept.map(({ hash }) => hash.length)).toEqual(Array.from({ length: 10 }, () => 32))
  })

  test("turns a right password into something that waits, opens nothing, and goes on with a code of the step after the one that confirmed it", async () => {
    const at = after(40)
    const pending = await pendingAt(at)
    expect(pending).not.toBe("")
    expect(await checkSession(pending, at)).toBeNull()
    expect(await viewPending(pending, at)).toEqual({ hasCodeApp: true, hasPasskey: false })
    const passed = await passSecondStep({ pending, code: ` ${codeFor(secret, at).replace(/(...)/, "$1 ")}` }, at)
    expect(await checkSession(passed.session, at)).toMatchObject({ accountId: viewer.accountId, mustSetUp: false })
    expect(await viewPending(pending, at)).toBeNull()
  })

  test("takes a code once: not again, not in another sign-in, not one of a step before it", async () => {
    const at = after(300)
    const code = codeFor(secret, at)
    expect(await tried(await pendingAt(at), code, at)).toBe("code")
    const again = await pendingAt(at)
    expect(await tried(again, code, at)).toBe("code-wrong")
    expect(await tried(again, codeFor(secret, at, { away: -1 }), at)).toBe("code-wrong")
    expect(await tried(again, codeFor(secret, at, { away: 1 }), at)).toBe("code")
  })

  test("takes a code once when twenty sign-ins give it at the same moment", async () => {
    const at = after(600)
    const waiting = await Promise.all(Array.from({ length: 20 }, () => pendingAt(at)))
    const said = await Promise.all(waiting.map((pending) => tried(pending, codeFor(secret, at), at)))
    expect(said.filter((one) => one === "code")).toHaveLength(1)
    expect(said.filter((one) => one === "code-wrong")).toHaveLength(19)
  })

  test("gives a clock half a minute either way, and no more", async () => {
    const at = after(1200)
    for (const [away, said] of [[-2, "code-wrong"], [2, "code-wrong"], [-1, "code"], [1, "code"]] as const) expect([away, await tried(await pendingAt(at), codeFor(secret, at, { away }), at)]).toEqual([away, said])
  })

  test("is tried five times for one right password, one by one or all at once, and never after ten minutes", async () => {
    const at = after(1800)
    const wrong = wrongFor(secret, at)
    const pending = await pendingAt(at)
    const before = await events("account.second-step-failed")
    const said = await Promise.all(Array.from({ length: 20 }, () => tried(pending, wrong, at)))
    expect(said.filter((one) => one === "code-wrong")).toHaveLength(4)
    expect(said.filter((one) => one === "second-step-tries-used")).toHaveLength(1)
    expect(said.filter((one) => one === "second-step-over")).toHaveLength(15)
    expect(await tried(pending, codeFor(secret, at), at)).toBe("second-step-over")
    expect((await events("account.second-step-failed")) - before).toBe(5)
    const late = await pendingAt(at)
    expect(await tried(late, codeFor(secret, after(2401)), after(2401))).toBe("second-step-over")
    expect(await tried("geen", "123456", at)).toBe("second-step-over")
  })

  test("counts no more after a hundred wrong codes in a row, until it is set up anew; a recovery code still lets its holder in", async () => {
    const at = after(3000)
    await asSystem("operate", (tx) => tx.totp.updateMany({ where: { accountId: viewer.accountId }, data: { failures: codeAppFailures - 1 } }))
    expect(await tried(await pendingAt(at), wrongFor(secret, at), at)).toBe("code-wrong")
    const pending = await pendingAt(at)
    expect(await tried(pending, codeFor(secret, at), at)).toBe("code-app-off")
    expect(await tried(pending, codes[9] ?? "", at)).toBe("recovery-code")
    await beginCodeApp(viewer, at)
    secret = (await viewCodeAppSetUp(viewer, at))?.secret ?? ""
    codes = await confirmCodeApp(viewer, { code: codeFor(secret, at) }, at)
    expect(await tried(await pendingAt(after(3060)), codeFor(secret, after(3060)), after(3060))).toBe("code")
  })
})

describe("a recovery code", () => {
  test("lets its holder in once, however it is written, also when it is given twice at once", async () => {
    const at = after(4000)
    const [first = "", second = ""] = codes
    expect(await tried(await pendingAt(at), first.toLowerCase().replaceAll("-", " "), at)).toBe("recovery-code")
    expect(await tried(await pendingAt(at), first, at)).toBe("code-wrong")
    const both = await Promise.all([pendingAt(at), pendingAt(at)])
    expect((await Promise.all(both.map((pending) => tried(pending, second, at)))).toSorted()).toEqual(["code-wrong", "recovery-code"])
    expect(await viewSecurity(viewer)).toMatchObject({ recoveryLeft: 8 })
  })

  test("of another account, or of the set before, is wrong", async () => {
    const at = after(5000)
    const old = codes[5] ?? ""
    const fresh = await renewRecoveryCodes(viewer, at)
    expect(await tried(await pendingAt(at), old, at)).toBe("code-wrong")
    const other = await makeOffice()
    await expect(renewRecoveryCodes(other, at)).rejects.toMatchObject({ code: "code-app-not-on" })
    await beginCodeApp(other, at)
    const theirs = await confirmCodeApp(other, { code: codeFor((await viewCodeAppSetUp(other, at))?.secret ?? "", at) }, at)
    expect(await tried(await pendingAt(at), theirs[0] ?? "", at)).toBe("code-wrong")
    expect(await tried(await pendingAt(at), fresh[0] ?? "", at)).toBe("recovery-code")
  })
})

describe("turning it off", () => {
  test("is refused where a second step is required and there is no other", async () => {
    await asSystem("operate", (tx) => tx.account.updateMany({ where: { id: viewer.accountId }, data: { mayPutOffSecondStep: false } }))
    await expect(turnOffCodeApp(viewer, today)).rejects.toMatchObject({ code: "second-step-needed" })
    expect(await viewSecurity(viewer)).toMatchObject({ hasSecondStep: true, mayTurnOff: false, mustHaveSecondStep: true })
  })

  test("ends the recovery codes too, and the next right password is enough", async () => {
    await asSystem("operate", (tx) => tx.account.updateMany({ where: { id: viewer.accountId }, data: { mayPutOffSecondStep: true } }))
    await turnOffCodeApp(viewer, today)
    expect(await viewSecurity(viewer)).toMatchObject({ hasSecondStep: false, recoveryLeft: 0 })
    expect(await signIn({ username: viewer.username, password: goodPassword, device: null }, after(6000))).toHaveProperty("session")
    await expect(turnOffCodeApp(viewer, today)).rejects.toMatchObject({ code: "code-app-not-on" })
  })
})

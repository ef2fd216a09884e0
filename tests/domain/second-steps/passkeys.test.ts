import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { signIn } from "#domain/accounts/sign-in.ts"
import { passSecondStep, viewPending } from "#domain/second-steps/pass-second-step.ts"
import { addPasskey, askNewPasskey, askPasskey, removePasskey } from "#domain/second-steps/passkeys.ts"
import { signInWithPasskey } from "#domain/second-steps/sign-in-with-passkey.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { newAuthenticator } from "../../support/authenticator.ts"
import { useDatabase } from "../../support/database.ts"
import { goodPassword, makeOffice, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

type Key = ReturnType<typeof newAuthenticator>
type Odd = Parameters<Key["sign"]>[1]

const refused = { code: "passkey-refused" }
const after = (seconds: number) => new Date(today.getTime() + seconds * 1000)

let viewer: Viewer
let key: Key
let codes: string[] | null

async function add(to: Viewer, made: Key, name: string, odd: Odd = {}): Promise<string[] | null> {
  const { options, secret } = await askNewPasskey(to, today)
  return addPasskey(to, { secret, answer: made.make(options, odd), name }, today)
}

async function enter(by: Key, odd: Odd = {}, at = today): Promise<Viewer | null> {
  const { options, secret } = await askPasskey(null, at)
  return checkSession(await signInWithPasskey({ secret, answer: by.sign(options, odd), device: null }, at), at)
}

beforeAll(async () => {
  viewer = await makeOffice()
  key = newAuthenticator()
  codes = await add(viewer, key, "Mijn telefoon")
})

describe("a passkey", () => {
  test("is asked for without a username, with its holder verified, and never twice on one device", async () => {
    const asked = JSON.parse((await askNewPasskey(viewer, today)).options)
    expect(asked.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" })
    expect(asked.rp.id).toBe("localhost")
    expect(asked.excludeCredentials).toHaveLength(1)
    expect(Buffer.from(asked.challenge, "base64url").length).toBeGreaterThanOrEqual(16)
    const toSign = JSON.parse((await askPasskey(null, today)).options)
    expect([toSign.userVerification, toSign.allowCredentials, toSign.rpId]).toEqual(["required", [], "localhost"])
    expect(toSign.challenge).not.toBe(asked.challenge)
    await expect(add(viewer, key, "Nog eens")).rejects.toMatchObject({ code: "passkey-known" })
  })

  test("comes with recovery codes when it is the first second step, and not otherwise", async () => {
    expect(codes).toHaveLength(10)
    expect(await add(viewer, newAuthenticator(), "Mijn laptop")).toBeNull()
    expect(await viewSecurity(viewer)).toMatchObject({ hasSecondStep: true, recoveryLeft: 10, passkeys: [{ name: "Mijn telefoon", lastUsedAt: null }, { name: "Mijn laptop" }] })
  })

  test("signs in without a username and without another step, and is seen to be used", async () => {
    expect(await enter(key, {}, after(60))).toMatchObject({ accountId: viewer.accountId, kind: "office" })
    expect((await viewSecurity(viewer)).passkeys[0]).toMatchObject({ lastUsedAt: after(60) })
  })

  test("answers a challenge once, of one browser, for five minutes, and for what it was asked", async () => {
    const asked = await askPasskey(null, today)
    const answer = key.sign(asked.options)
    await expect(signInWithPasskey({ secret: "een andere browser", answer, device: null }, today)).rejects.toMatchObject(refused)
    expect(await signInWithPasskey({ secret: asked.secret, answer, device: null }, today)).toBeTruthy()
    await expect(signInWithPasskey({ secret: asked.secret, answer, device: null }, today)).rejects.toMatchObject(refused)
    const next = await askPasskey(null, today)
    await expect(signInWithPasskey({ secret: next.secret, answer, device: null }, today)).rejects.toMatchObject(refused)
    const late = await askPasskey(null, today)
    await expect(signInWithPasskey({ secret: late.secret, answer: key.sign(late.options), device: null }, after(301))).rejects.toMatchObject(refused)
    const ofViewer = await askPasskey(viewer, today)
    await expect(signInWithPasskey({ secret: ofViewer.secret, answer: key.sign(ofViewer.options), device: null }, today)).rejects.toMatchObject(refused)
    const both = await askPasskey(null, today)
    const signed = key.sign(both.options)
    const twice = await Promise.allSettled([1, 2].map(() => signInWithPasskey({ secret: both.secret, answer: signed, device: null }, today)))
    expect(twice.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"])
  })

  test.each([
    ["another origin", { origin: "https://elders.test" }],
    ["our name on another port", { origin: "http://localhost:3001" }],
    ["another site's key", { rpId: "elders.test" }],
    ["another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["a holder who was not verified", { isVerified: false }],
    ["a count that goes back, as of a copy", { counter: 1 }],
    ["another account's handle", { userHandle: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["an answer to another question", { type: "webauthn.create" }],
  ] satisfies [string, Odd][])("is refused for %s, and still works after it", async (_what, odd) => {
    await expect(enter(key, odd)).rejects.toMatchObject(refused)
    expect(await enter(key)).toMatchObject({ accountId: viewer.accountId })
  })

  test.each([
    ["another origin", { origin: "https://elders.test" }],
    ["another site", { rpId: "elders.test" }],
    ["a holder who was not verified", { isVerified: false }],
    ["another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
  ] satisfies [string, Odd][])("is not added for %s", async (_what, odd) => {
    await expect(add(viewer, newAuthenticator(), "Verkeerd", odd)).rejects.toMatchObject(refused)
    expect((await viewSecurity(viewer)).passkeys).toHaveLength(2)
  })

  test("of nobody, or what is no answer at all, is refused the same way", async () => {
    await expect(enter(newAuthenticator())).rejects.toMatchObject(refused)
    for (const answer of ["", "{}", "null", "[1]", '{"id":"x"}', "x".repeat(5000)]) {
      const { secret } = await askPasskey(null, today)
      await expect(signInWithPasskey({ secret, answer, device: null }, today)).rejects.toMatchObject(refused)
    }
    const { options, secret } = await askNewPasskey(viewer, today)
    const other = await makeOffice()
    await expect(addPasskey(other, { secret, answer: newAuthenticator().make(options), name: "Van een ander" }, today)).rejects.toMatchObject(refused)
  })

  test("of who is blocked opens nothing", async () => {
    const block = (blockedAt: Date | null) => asSystem("operate", (tx) => tx.account.updateMany({ where: { id: viewer.accountId }, data: { blockedAt } }))
    await block(today)
    await expect(enter(key)).rejects.toMatchObject(refused)
    await block(null)
    expect(await enter(key)).not.toBeNull()
  })

  test("is the second step of who has no code app; without it a recovery code does", async () => {
    const entered = await signIn({ username: viewer.username, password: goodPassword, device: null }, today)
    const pending = "pending" in entered ? entered.pending : ""
    expect(await viewPending(pending, today)).toEqual({ hasCodeApp: false, hasPasskey: true })
    await expect(passSecondStep({ pending, code: "123456" }, today)).rejects.toMatchObject({ code: "code-wrong" })
    expect((await passSecondStep({ pending, code: codes?.[0] ?? "" }, today)).by).toBe("recovery-code")
  })
})

describe("removing a passkey", () => {
  const set = (data: { passwordHash?: string | null; mayPutOffSecondStep?: boolean }) => asSystem("operate", (tx) => tx.account.updateMany({ where: { id: viewer.accountId }, data }))
  const ids = async () => (await viewSecurity(viewer)).passkeys.map((one) => one.id)

  test("of another is NotFound", async () => {
    const [first = ""] = await ids()
    await expect(removePasskey(await makeOffice(), { passkeyId: first }, today)).rejects.toMatchObject({ status: 404 })
  })

  test("never takes the last way in, nor the only second step of who must have one, also when both go at the same moment", async () => {
    await set({ mayPutOffSecondStep: false })
    const [first = "", second = ""] = await ids()
    const both = await Promise.allSettled([first, second].map((passkeyId) => removePasskey(viewer, { passkeyId }, today)))
    expect(both.map((one) => (one.status === "rejected" ? one.reason.code : "removed")).toSorted()).toEqual(["removed", "second-step-needed"])
    const [last = ""] = await ids()
    await set({ mayPutOffSecondStep: true, passwordHash: null })
    await expect(removePasskey(viewer, { passkeyId: last }, today)).rejects.toMatchObject({ code: "passkey-last-way-in" })
    expect(await viewSecurity(viewer)).toMatchObject({ hasPassword: false, mayRemovePasskey: false })
  })

  test("takes the recovery codes along when it was the last second step, and the key opens nothing any more", async () => {
    await set({ passwordHash: "x" })
    for (const passkeyId of await ids()) await removePasskey(viewer, { passkeyId }, today)
    expect(await viewSecurity(viewer)).toMatchObject({ hasSecondStep: false, recoveryLeft: 0, passkeys: [] })
    await expect(enter(key)).rejects.toMatchObject(refused)
    const removed = await asSystem("operate", (tx) => tx.auditEvent.count({ where: { chainId: viewer.accountId, kind: "account.passkey-removed" } }))
    expect(removed).toBe(2)
  })
})

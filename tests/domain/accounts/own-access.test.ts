import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { askUsernames } from "#domain/accounts/ask-usernames.ts"
import { changePassword } from "#domain/accounts/change-password.ts"
import { changeUsername, mayChangeUsername } from "#domain/accounts/change-username.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { tellOfChange } from "#domain/accounts/tell-of-change.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { confirmByPassword } from "#domain/second-steps/confirm-holder.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { isConfirmed } from "#domain/sessions/is-confirmed.ts"
import { endAllOwnSessions, endOwnSession, listOwnSessions } from "#domain/sessions/own-sessions.ts"
import { renewSession } from "#domain/sessions/renew-session.ts"
import { rememberBrowser } from "#domain/sessions/seen-device.ts"
import { usernames } from "#mail/usernames.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sessionOf, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const after = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const another = "drie blauwe paraplu's in maart"
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

let office: Viewer
let people: Map<string, string>

beforeAll(async () => {
  office = await makeOffice()
  people = await bringInBakers(office, await makeClient(office))
})

let next = 0
/** Employee `number` with an account and a username of its own. */
async function newcomer(): Promise<{ username: string; email: string }> {
  const number = [...people.keys()].toSorted((a, b) => Number(a) - Number(b))[next++] ?? ""
  const username = `eigen${next}@test.test`
  await viewerFor("employee", people.get(number) ?? "", username)
  const person = await asSystem("operate", (tx) => tx.employee.findUnique({ where: { id: people.get(number) ?? "" }, select: { contactEmail: true } }))
  return { username, email: person?.contactEmail ?? "" }
}

/** Signs in and returns the secret and whom it stands for. */
async function inside(username: string, at: Date, { password = goodPassword, device = firefox } = {}): Promise<{ secret: string; viewer: Viewer }> {
  const secret = sessionOf(await signIn({ username, password, device }, at))
  const viewer = await checkSession(secret, at)
  if (!viewer) throw new Error("not inside")
  return { secret, viewer }
}

async function toldTo(accountId: string): Promise<string[]> {
  const rows = await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId, kind: { in: ["account-changed", "new-sign-in"] } }, orderBy: { id: "asc" }, select: { id: true } }))
  const mails = await Promise.all(rows.map((row) => openMail(row.id)))
  return mails.map((mail) => `${mail?.token ?? mail?.kind} ${mail?.toAddress}`)
}

const codeOf = (work: Promise<unknown>) => work.then(() => "done", (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)))

describe("another password", () => {
  test("is chosen by who knows the one there is; the other devices are out, older links end, the secret of the session is new, and a mail tells it", async () => {
    const { username, email } = await newcomer()
    const mine = await inside(username, today)
    const other = await inside(username, today)
    await askPasswordLink({ username }, today)
    expect(await codeOf(changePassword(mine.viewer, { current: "niet het wachtwoord", password: another, endOthers: true }, today))).toBe("password-wrong")
    expect(await codeOf(changePassword(mine.viewer, { current: goodPassword, password: "te kort", endOthers: true }, today))).toBe("password-too-short")
    expect(await codeOf(changePassword(mine.viewer, { current: goodPassword, password: "aaaaaaaaaaaaaaaaaaaa", endOthers: true }, today))).toBe("password-repeats")
    expect(await checkSession(other.secret, today)).not.toBeNull()
    const renewed = await changePassword(mine.viewer, { current: goodPassword, password: another, endOthers: true }, today)
    expect(await Promise.all([mine.secret, other.secret, renewed].map(async (secret) => (await checkSession(secret, today))?.username))).toEqual([undefined, undefined, username])
    expect(await codeOf(signIn({ username, password: goodPassword, device: null }, today))).toBe("sign-in-failed")
    expect((await inside(username, today, { password: another })).viewer.username).toBe(username)
    expect(await toldTo(mine.viewer.accountId)).toEqual([`password-changed ${email}`])
    expect(await asSystem("operate", (tx) => tx.passwordLink.count({ where: { accountId: mine.viewer.accountId, usedAt: null, endedAt: null } }))).toBe(0)
  })

  test("leaves the other devices in when that was asked", async () => {
    const { username } = await newcomer()
    const [mine, other] = [await inside(username, today), await inside(username, today)]
    await changePassword(mine.viewer, { current: goodPassword, password: another, endOthers: false }, today)
    expect((await checkSession(other.secret, today))?.username).toBe(username)
  })
})

describe("a password", () => {
  test("is what was typed, to the letter, and is never too old", async () => {
    const { username } = await newcomer()
    const mine = await inside(username, today)
    const typed = ` Zeven GROENE fietsen ${"in de regen van Urk ".repeat(4)} \u00e9`
    await changePassword(mine.viewer, { current: goodPassword, password: typed, endOthers: true }, today)
    for (const other of [typed.trim(), typed.toLowerCase(), typed.slice(0, 72), `${typed}!`, typed.replace("\u00e9", "e")]) {
      expect([other, await codeOf(signIn({ username, password: other, device: null, browser: null, source: null }, after(120)))]).toEqual([other, "sign-in-failed"])
    }
    for (const years of [1, 10]) expect((await inside(username, after(years * 365 * 24 * 60), { password: typed.normalize("NFD") })).viewer.username).toBe(username)
  })
})

describe("another username", () => {
  test("is the only one that works from then on, is told by mail, and is nobody else's", async () => {
    const [{ username, email }, taken] = [await newcomer(), await newcomer()]
    const mine = await inside(username, today)
    expect(await codeOf(changeUsername(mine.viewer, { username: "x" }, today))).toBe("username-invalid")
    expect(await codeOf(changeUsername(mine.viewer, { username: username.toUpperCase() }, today))).toBe("username-same")
    expect(await codeOf(changeUsername(mine.viewer, { username: taken.username }, today))).toBe("username-taken")
    const renewed = await changeUsername(mine.viewer, { username: " Bakker.Jansen " }, today)
    expect([await checkSession(mine.secret, today), (await checkSession(renewed, today))?.username]).toEqual([null, "bakker.jansen"])
    expect(await codeOf(signIn({ username, password: goodPassword, device: null }, today))).toBe("sign-in-failed")
    expect((await inside("BAKKER.JANSEN", today)).viewer.accountId).toBe(mine.viewer.accountId)
    expect(await toldTo(mine.viewer.accountId)).toEqual([`username-changed ${email}`])
  })

  test("that two want at once is for one of them", async () => {
    const viewers = await Promise.all([await newcomer(), await newcomer()].map(async ({ username }) => (await inside(username, today)).viewer))
    const answers = await Promise.all(viewers.map((viewer) => codeOf(changeUsername(viewer, { username: "de-enige" }, today))))
    expect(answers.toSorted()).toEqual(["done", "username-taken"])
  })

  test("is not asked until one knows which accounts there are: after ten that were taken one has to wait, for a free one too", async () => {
    const [{ username }, taken] = [await newcomer(), await newcomer()]
    const { viewer } = await inside(username, today)
    const answers = []
    for (let times = 0; times < 12; times++) answers.push(await codeOf(changeUsername(viewer, { username: taken.username }, today)))
    expect(answers).toEqual([...Array.from({ length: 10 }, () => "username-taken"), "username-too-many", "username-too-many"])
    expect(await codeOf(changeUsername(viewer, { username: "nog-vrij" }, today))).toBe("username-too-many")
    expect(await codeOf(changeUsername((await inside(username, after(61))).viewer, { username: "nog-vrij" }, after(61)))).toBe("done")
  })

  test("is not for an office, which goes by its client number", async () => {
    const mine = await inside(office.username, today)
    expect(await mayChangeUsername(mine.viewer)).toBe(false)
    expect(await codeOf(changeUsername(mine.viewer, { username: "kantoor-nieuw" }, today))).toBe("username-fixed")
  })
})

describe("the sessions of an account", () => {
  test("are listed for their holder alone, this one first, with the device in words; ended ones and what lies unused are not", async () => {
    const [{ username }, stranger] = [await newcomer(), await newcomer()]
    const old = await inside(username, after(-13 * 60))
    const [other, mine] = [await inside(username, today, { device: "curl/8" }), await inside(username, today)]
    await inside(stranger.username, today)
    const listed = await listOwnSessions(mine.viewer, today)
    expect(listed.map(({ id, device, isThis }) => ({ id, device, isThis }))).toEqual([
      { id: mine.viewer.sessionId, device: { browser: "Firefox", system: "Linux" }, isThis: true },
      { id: other.viewer.sessionId, device: { browser: null, system: null }, isThis: false },
    ])
    expect(listed.some(({ id }) => id === old.viewer.sessionId)).toBe(false)
  })

  test("are ended one by one, by their own holder and nobody else, and twice is harmless", async () => {
    const [{ username }, stranger] = [await newcomer(), await newcomer()]
    const [mine, other] = [await inside(username, today), await inside(username, today)]
    const theirs = await inside(stranger.username, today)
    expect(await codeOf(endOwnSession(theirs.viewer, { sessionId: other.viewer.sessionId }, today))).toBe("not-found")
    expect((await checkSession(other.secret, today))?.username).toBe(username)
    for (const _twice of [1, 2]) await endOwnSession(mine.viewer, { sessionId: other.viewer.sessionId }, today)
    expect(await checkSession(other.secret, today)).toBeNull()
    expect((await checkSession(mine.secret, today))?.username).toBe(username)
  })

  test("are all ended by signing out everywhere, which is told by mail", async () => {
    const { username, email } = await newcomer()
    const [mine, other] = [await inside(username, today), await inside(username, today)]
    await endAllOwnSessions(mine.viewer, today)
    expect(await Promise.all([mine, other].map(({ secret }) => checkSession(secret, today)))).toEqual([null, null])
    expect(await toldTo(mine.viewer.accountId)).toEqual([`signed-out-everywhere ${email}`])
  })
})

describe("proving once more", () => {
  test("by the password gives another quarter of an hour; a new secret comes with it, and the old one opens nothing; a wrong one gives nothing", async () => {
    const { username } = await newcomer()
    const mine = await inside(username, today)
    expect(await isConfirmed(mine.viewer, after(16))).toBe(false)
    expect(await codeOf(confirmByPassword(mine.viewer, { password: "niet het wachtwoord", code: "" }, after(16)))).toBe("password-wrong")
    expect(await isConfirmed(mine.viewer, after(16))).toBe(false)
    const renewed = await confirmByPassword(mine.viewer, { password: goodPassword, code: "" }, after(16))
    expect(await isConfirmed(mine.viewer, after(17))).toBe(true)
    expect([await checkSession(mine.secret, after(17)), (await checkSession(renewed, after(17)))?.sessionId]).toEqual([null, mine.viewer.sessionId])
  })

  test("gives no secret for a session that was ended meanwhile", async () => {
    const { username } = await newcomer()
    const mine = await inside(username, today)
    await endAllOwnSessions(mine.viewer, today)
    expect(await codeOf(asSystem("sign-in", (tx) => renewSession(tx, mine.viewer)))).toBe("signed-out")
  })

  test("by the present password to choose another makes wait after ten wrong ones, in that session only", async () => {
    const { username } = await newcomer()
    const [mine, other] = [await inside(username, today), await inside(username, today)]
    const change = (viewer: Viewer, current: string) => codeOf(changePassword(viewer, { current, password: another, endOthers: false }, today))
    for (let tries = 0; tries < 10; tries++) expect(await change(mine.viewer, "niet het wachtwoord")).toBe("password-wrong")
    expect(await change(mine.viewer, goodPassword)).toBe("password-wrong-too-many")
    expect(await change(other.viewer, goodPassword)).toBe("done")
  })
})

describe("who forgot the username", () => {
  const asked = (email: string, at = today) => askUsernames({ email, source: null }, at)
  const mails = (toAddress: string) => asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "usernames", toAddress }, select: { id: true } }))

  test("gets one mail with every username of the address, however its capitals are typed; an unknown address gets none", async () => {
    const { username, email } = await newcomer()
    await asSystem("operate", (tx) => tx.employee.updateMany({ where: { id: people.get([...people.keys()].toSorted((a, b) => Number(a) - Number(b))[next] ?? "") }, data: { contactEmail: email } }))
    const second = await newcomer()
    await asked(email.toUpperCase().replace("@VOORBEELD.TEST", "@voorbeeld.test"))
    const [mail] = await Promise.all((await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "usernames" }, select: { id: true } }))).map(({ id }) => openMail(id)))
    expect((mail?.token ?? "").split(" ").toSorted()).toEqual([username, second.username].toSorted())
    expect(mail && usernames({ locale: "nl", names: (mail.token ?? "").split(" "), url: "https://portaal.test" }).text).toContain(second.username)
    await asked("niemand@nergens.test")
    expect(await mails("niemand@nergens.test")).toEqual([])
    await asked("geen adres")
  })

  test("gets no mail when blocked, and no more than a few when it is asked again and again, or by many at once", async () => {
    const [{ email }, blocked] = [await newcomer(), await newcomer()]
    await asSystem("operate", (tx) => tx.account.update({ where: { username: blocked.username }, data: { blockedAt: today } }))
    await asked(blocked.email)
    expect(await mails(blocked.email)).toEqual([])
    for (let times = 0; times < 20; times++) await asked(email)
    expect((await mails(email)).length).toBe(5)
    await asked(email, after(61))
    expect((await mails(email)).length).toBe(6)
    await Promise.all(Array.from({ length: 30 }, () => asked(email, after(200))))
    expect((await mails(email)).length).toBeLessThanOrEqual(16)
    expect((await mails(email)).length).toBeGreaterThan(6)
  })
})

test("a change of address is told at the old one too, and a browser that is new to an account is told, but for its first", async () => {
  const { username, email } = await newcomer()
  const { viewer } = await inside(username, today)
  await asSystem("operate", (tx) => tellOfChange(tx, viewer.accountId, "private-email-changed", today, { alsoTo: ["vroeger@test.test"] }))
  const first = await rememberBrowser(viewer, null, today)
  expect(await rememberBrowser(viewer, first, today)).toBe(first)
  expect(await toldTo(viewer.accountId)).toEqual([`private-email-changed ${email}`, "private-email-changed vroeger@test.test"])
  await rememberBrowser(viewer, null, today)
  expect((await toldTo(viewer.accountId)).at(-1)).toBe(`new-sign-in ${email}`)
})

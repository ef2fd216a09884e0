import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import nl from "#messages/nl.json" with { type: "json" }
import { openAccount } from "#domain/accounts/open-account.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { useDatabase } from "../support/database.ts"
import { goodPassword, makeOffice, today } from "../support/house.ts"

const database = useDatabase()
afterAll(closeDatabase)

const root = join(import.meta.dirname, "../..")

/** The command as an operator gives it, in a process of its own. */
function beheer(args: readonly string[], environment: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/beheer/main.ts"), ...args], { env: { ...process.env, ...environment }, encoding: "utf8" })
  return { code: status, said: stdout + stderr.replaceAll(/.*Warning.*\n/g, "") }
}

const linksOf = (username: string) => asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "password-link", account: { username } }, select: { toAddress: true, sealed: true } }))

describe("an operator", () => {
  test("makes an office, whose link goes to its own address and is not shown", async () => {
    const made = beheer(["kantoor", "300777", "Kantoor", "De", "Regenboog", "--email", "post@regenboog.test"])
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining("Kantoor 300777 is gemaakt") })
    expect(made.said).not.toMatch(/#|@/)
    expect(await asSystem("operate", (tx) => tx.office.findFirst({ where: { clientNumber: "300777" }, select: { name: true, email: true } }))).toEqual({ name: "Kantoor De Regenboog", email: "post@regenboog.test" })
    expect((await linksOf("300777")).map((mail) => mail.toAddress)).toEqual(["post@regenboog.test"])
  })

  test.each([
    ["a number that is taken", ["kantoor", "300777", "Nog een", "--email", "post@ander.test"], "al in gebruik"],
    ["a number that is none", ["kantoor", "30 07", "Nog een", "--email", "post@ander.test"], "3 tot 20"],
    ["no name", ["kantoor", "300778", "--email", "post@ander.test"], nl.errors["field-empty"]],
    ["an address that is none", ["kantoor", "300778", "Nog een", "--email", "post"], nl.errors["email-invalid"]],
    ["no address", ["kantoor", "300778", "Nog een"], nl.errors["email-invalid"]],
    ["access for an office that is not there", ["toegang", "399999"], "geen kantoor"],
  ])("is told what is wrong with %s", (_what, args, sentence) => {
    expect(beheer(args)).toMatchObject({ code: 1, said: expect.stringContaining(sentence) })
  })

  test("gives back access: password and sessions end, and a new link goes to the office", async () => {
    const office = await makeOffice()
    expect(beheer(["toegang", office.username])).toMatchObject({ code: 1, said: expect.stringContaining("niets veranderd") })
    await signIn({ username: office.username, password: goodPassword, device: null }, today)
    await asSystem("operate", (tx) => tx.office.update({ where: { id: office.partyId }, data: { email: "post@kantoor.test" } }))
    expect(beheer(["toegang", office.username])).toMatchObject({ code: 0, said: expect.stringContaining("teruggezet") })
    await expect(signIn({ username: office.username, password: goodPassword, device: null }, today)).rejects.toMatchObject({ code: "sign-in-failed" })
    expect(await asSystem("operate", (tx) => tx.session.count({ where: { accountId: office.accountId, endedAt: null } }))).toBe(0)
    expect(await linksOf(office.username)).toHaveLength(1)
  })

  test("resets the account of the office and nobody else's, whatever it is called", async () => {
    const office = await makeOffice()
    await asSystem("operate", (tx) => openAccount(tx, { username: "tim@kantoor.test", password: goodPassword, partyId: office.partyId }, today))
    expect(beheer(["toegang", "tim@kantoor.test"])).toMatchObject({ code: 1, said: expect.stringContaining("geen kantoor") })
  })

  test("sees what waits, and which mails were given up and why, without anybody's address", async () => {
    await asSystem("operate", (tx) => tx.mail.updateMany({ where: { kind: "password-link" }, data: { state: "failed", failure: "mail-refused", sealed: null } }))
    const { code, said } = beheer(["wachtrij"])
    expect(code).toBe(0)
    expect(said).toMatch(/send-mail/)
    expect(said).toMatch(/password-link +mail-refused +2 +laatste/)
    expect(said).not.toContain("@")
  })

  test("gives a mail of the whole portal other words, from a file; what cannot go into a mail is refused by its name", () => {
    mkdirSync(database.filesFolder, { recursive: true })
    const path = join(database.filesFolder, "tekst.json")
    const write = (boven: string) => writeFileSync(path, JSON.stringify({ onderwerp: "Er is nieuws", boven, onder: "" }))
    write("Beste {voornaam}, er is nieuws.")
    expect(beheer(["mailtekst", "new-files", "nl", path])).toMatchObject({ code: 1, said: expect.stringContaining("{voornaam} kan hier niet worden ingevuld") })
    write("Er is nieuws.")
    expect(beheer(["mailtekst", "new-files", "nl", path])).toMatchObject({ code: 0, said: expect.stringContaining("bewaard") })
    expect(JSON.parse(beheer(["mailtekst", "new-files", "nl"]).said)).toEqual({ onderwerp: "Er is nieuws", boven: "Er is nieuws.", onder: "" })
    expect(beheer(["mailtekst", "password-link", "nl"])).toMatchObject({ code: 1, said: expect.stringContaining("Die mail of taal is er niet") })
  }, 60_000)

  test("is shown what there is to do, and what was not understood", () => {
    expect(beheer(["--help"])).toMatchObject({ code: 0, said: expect.stringContaining("wachtrij") })
    for (const args of [[], ["open", "bestand"], ["--wat"], ["toString"]]) expect(beheer(args)).toMatchObject({ code: 2, said: expect.stringContaining("npm run beheer") })
    expect(beheer(["wachtrij"], { DATABASE_URL: "", PORTAL_DATA: database.filesFolder })).toMatchObject({ code: 2, said: expect.stringContaining("geen portaal") })
  })
})

test("no command can read a file: nothing that it reaches fetches bytes or opens them", () => {
  const reached = new Set<string>()
  const follow = (path: string) => {
    if (reached.has(path) || !existsSync(path)) return
    reached.add(path)
    for (const [, to = ""] of readFileSync(path, "utf8").matchAll(/(?:from|import\() ?"([#.][^"]+\.ts)"/g)) follow(to.startsWith("#") ? join(root, "src", to.slice(1)) : join(dirname(path), to))
  }
  // Which place for files is the portal's is told by a mark: whether it is there, never by what is in a file.
  const place = ["mark-storage.ts", "storage-there.ts"].map((name) => join(root, "src/domain/storage-place", name))
  expect(place.flatMap((path) => [...readFileSync(path, "utf8").matchAll(/\.(?:get|list)\(/g)])).toEqual([])
  for (const path of place) reached.add(path)
  follow(join(root, "scripts/beheer/commands.ts"))
  const names = [...reached].map((path) => relative(root, path))
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => /platform\/(storage|zip|pdf)|domain\/files\/(open|zip)/.test(name))).toEqual([])
})

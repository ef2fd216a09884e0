import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { actionForm, builtActions, encoded, knock, type Answer } from "../support/knock.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"

const address = "https://portaal.test"
let portal: TestPortal
let username: string

beforeAll(async () => {
  portal = await startPortal({ environment: { PUBLIC_URL: address } })
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  username = (await (await import("../support/house.ts")).makeOffice()).username
  await closeDatabase()
})
afterAll(() => portal?.stop())

const webUrl = () => `http://localhost:${portal.environment["PORT"]}`

/** Signs in as a browser behind the proxy does, with the cookies that it has. */
async function signIn(cookie = ""): Promise<Answer> {
  const { body, headers } = await encoded(actionForm([["username", username], ["password", "zeven groene fietsen"]], [{ status: "idle" }, "$K1"]))
  const id = builtActions().get("(toegang)/aanmelden/actions.ts signInAction")?.id ?? ""
  return knock(webUrl(), "/aanmelden", { method: "POST", body, headers: { ...headers, "Next-Action": id, Host: new URL(address).host, Origin: address, ...(cookie ? { Cookie: cookie } : {}) } })
}

/** The cookies that an answer opens, without their values. */
const opened = ({ headers }: Answer) => [headers["set-cookie"] ?? []].flat().filter((one) => !/^[^=]+=;/.test(one)).map((one) => one.replace(/=[^;]*/, ""))
const sessionIn = ({ headers }: Answer) => [headers["set-cookie"] ?? []].flat().find((one) => one.startsWith("__Host-sessie="))?.split(";")[0] ?? ""

test("where people come in by https every cookie that opens or knows something is bound to this host, secure, and out of reach of scripts", async () => {
  const cookies = opened(await signIn())
  expect(cookies.map((one) => one.split(";")[0]).toSorted()).toEqual(expect.arrayContaining(["__Host-sessie", "__Host-toestel"]))
  for (const cookie of cookies.filter((one) => one.startsWith("__Host-"))) {
    expect(cookie).toMatch(/; path=\/(;|$)/i)
    expect(cookie).toMatch(/; secure/i)
    expect(cookie).toMatch(/; httponly/i)
    expect(cookie).toMatch(/; samesite=(lax|strict)/i)
    expect(cookie).not.toMatch(/; domain/i)
  }
})

test("signing in anew in a browser ends the session that it had", async () => {
  const before = sessionIn(await signIn())
  const page = async (cookie: string) => (await knock(webUrl(), "/kantoor", { headers: { Cookie: cookie } })).status
  expect(await page(before)).toBe(200)
  const after = sessionIn(await signIn(before))
  expect([await page(before), await page(after)]).toEqual([307, 200])
})

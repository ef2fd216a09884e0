import { afterAll, beforeAll, expect, test } from "vitest"
import { choosePreferences, viewPreferences } from "#domain/accounts/preferences.ts"
import { MAIL_KINDS } from "#domain/mails/mail-kinds.ts"
import { switchMailsOff, switchOffToken } from "#domain/mails/switch-off.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../../support/database.ts"
import { today } from "../../support/house.ts"
import { letter, url } from "../mail-texts/people.ts"
import { mailsOf, sendPayslips } from "../recall/people.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})
let house: House
beforeAll(async () => {
  house = await makeHouse()
}, 60_000)

const eventsOf = () => asSystem("operate", (tx) => tx.auditEvent.count({ where: { chainId: house.employee.accountId, kind: "account.mails-switched-off" } }))

test("mails about files can be switched off by their headers, with one press; no other mail can", async () => {
  const withHeaders = []
  for (const kind of MAIL_KINDS) {
    const { headers } = await letter(house.employee, kind, { partyId: house.employee.partyId, token: kind === "trial" ? "new-files nl" : "asked" })
    if (Object.keys(headers).length > 0) withHeaders.push(kind)
  }
  expect(withHeaders).toEqual(["new-files", "file-replaced", "reminder"])
  const { headers } = await letter(house.employee, "new-files", { partyId: house.employee.partyId })
  expect(headers).toEqual({ "List-Unsubscribe": `<${url}/api/mails-uit/${switchOffToken(house.employee.accountId)}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" })
})

test("the code of a mail switches them off for that account alone, shows in the profile, and is told once; they can be switched on again", async () => {
  const token = switchOffToken(house.employee.accountId)
  await Promise.all([switchMailsOff({ token }), switchMailsOff({ token })])
  await switchMailsOff({ token })
  expect(await viewPreferences(house.employee)).toEqual({ locale: "nl", theme: "system", mailsOnNewFiles: false, chosen: false })
  expect((await viewPreferences(house.colleague)).mailsOnNewFiles).toBe(true)
  expect(await eventsOf()).toBe(1)
  const before = [await mailsOf(house.employee, "new-files"), await mailsOf(house.colleague, "new-files")]
  await sendPayslips(house, today)
  expect([await mailsOf(house.employee, "new-files"), await mailsOf(house.colleague, "new-files")]).toEqual([before[0], (before[1] ?? 0) + 1])
  await choosePreferences(house.employee, { locale: "nl", theme: "system", mailsOnNewFiles: true }, today)
  expect((await viewPreferences(house.employee)).mailsOnNewFiles).toBe(true)
})

test("a code that was made up, changed, cut off or put together from two is refused, and switches nothing off", async () => {
  const [one, two] = [Buffer.from(switchOffToken(house.employee.accountId), "base64url"), Buffer.from(switchOffToken(house.colleague.accountId), "base64url")]
  const made = [Buffer.concat([one.subarray(0, 16), two.subarray(16)]), one.subarray(0, 31), Buffer.concat([one, Buffer.from([0])]), Buffer.alloc(32)].map((bytes) => bytes.toString("base64url"))
  for (const token of [...made, "", "x", house.employee.accountId, `${one.toString("base64url")}=`]) await expect(switchMailsOff({ token })).rejects.toMatchObject({ code: "link-unknown" })
  expect((await viewPreferences(house.employee)).mailsOnNewFiles).toBe(true)
})

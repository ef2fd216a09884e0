import { afterAll, beforeAll, expect, test } from "vitest"
import { refuse } from "#domain/approvals/answer-approval.ts"
import { layBefore } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { closeMail } from "#domain/mails/close-mail.ts"
import { listMails } from "#domain/mails/list-mails.ts"
import { retryMail } from "#domain/mails/retry-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { approvalMails, makePair, stagedWith, type Pair } from "../approvals/people.ts"
import { useDatabase } from "../../support/database.ts"
import { today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let pair: Pair
beforeAll(async () => {
  pair = await makePair()
  const deliveryId = await stagedWith(pair.office, pair.employerId)
  await asSystem("operate", (tx) => tx.mail.deleteMany())
  await layBefore(pair.office, { deliveryId, comment: "", publishAt: null }, today)
  await refuse(pair.employer, { roundId: (await viewApproval(pair.employer, { deliveryId })).openRoundId ?? "", comment: "Nee" }, today)
  const [asked, refused] = await asSystem("operate", (tx) => tx.mail.findMany({ orderBy: { id: "asc" }, select: { id: true } }))
  await closeMail(asked?.id ?? "", { state: "sent" }, today)
  await closeMail(refused?.id ?? "", { state: "failed", failure: "given-up" }, today)
})

const seenBy = async (viewer: Viewer) => (await listMails(viewer, { deliveryId: null, state: null, after: null })).mails
const failed = async () => (await seenBy(pair.office)).find(({ state }) => state === "failed")?.id ?? ""

test("how a mail to an office about akkoord went is the office's alone, and of one to its client both see it", async () => {
  expect((await seenBy(pair.office)).map(({ kind, state, employerId }) => [kind, state, employerId])).toEqual([["approval", "failed", null], ["approval", "sent", pair.employerId]])
  expect((await seenBy(pair.employer)).map(({ kind, state }) => [kind, state])).toEqual([["approval", "sent"]])
  await expect(retryMail(pair.employer, { mailId: await failed() }, today)).rejects.toMatchObject({ status: 404 })
})

test("sent once more it tells the same news", async () => {
  await retryMail(pair.office, { mailId: await failed() }, today)
  expect(await approvalMails()).toEqual([["werkgever@voorbeeld.test", "asked"], [expect.stringMatching(/@kantoor\.test$/), "refused"]])
})

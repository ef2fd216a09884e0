import { expect, test } from "vitest"
import { accessState, type AccessFacts, type AccessState } from "#policy/access-states.ts"

const now = new Date("2026-03-25T09:00:00Z")
const [before, later] = [new Date("2026-03-24T09:00:00Z"), new Date("2026-03-28T09:00:00Z")]
const account = { hasPassword: false, blockedAt: null, activeAt: null }
const invitation = { createdAt: before, expiresAt: later, withdrawnAt: null, triesLeft: 5 }
const nobody: AccessFacts = { email: "a@test.test", account: null, invitation: null, mail: null }
const invited: AccessFacts = { ...nobody, account, invitation, mail: { state: "queued", at: before } }

test.each<[AccessState, Date | null, AccessFacts]>([
  ["no-email", null, { ...nobody, email: null }],
  ["not-invited", null, nobody],
  ["not-invited", null, { ...nobody, account }],
  ["invited", before, invited],
  ["delivered", before, { ...invited, mail: { state: "sent", at: before } }],
  ["bounced", before, { ...invited, mail: { state: "failed", at: before } }],
  ["expired", before, { ...invited, invitation: { ...invitation, expiresAt: before }, mail: { state: "sent", at: before } }],
  ["expired", now, { ...invited, invitation: { ...invitation, expiresAt: now } }],
  ["withdrawn", now, { ...invited, invitation: { ...invitation, withdrawnAt: now } }],
  ["tries-used", null, { ...invited, invitation: { ...invitation, triesLeft: 0 } }],
  ["active", before, { ...invited, account: { ...account, hasPassword: true, activeAt: before } }],
  ["active", before, { ...invited, email: null, account: { ...account, hasPassword: true, activeAt: before }, invitation: null }],
  ["blocked", now, { ...invited, account: { ...account, hasPassword: true, activeAt: before, blockedAt: now } }],
])("access is %s since %s", (state, since, facts) => {
  expect(accessState(facts, now)).toEqual({ state, since })
})

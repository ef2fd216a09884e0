import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { compareWorlds, openEyes, type Eyes } from "./compare.ts"

/** Enough worlds to find any of these; most are found in the first ten. */
const worlds = 900

const rule = {
  audience: "audience_id = any ((select viewer_audiences())::uuid[])",
  starts: "starts_at <= now()",
  ends: "(ends_at is null or ends_at > now())",
  ended: "ended_at is null",
  asleep: "asleep_at is null",
}

describe("the rule as it is written here", () => {
  const eyes = useEyes()

  test("differs in nothing, so that what is found below comes from what was left out", async () => {
    await ruleWithout()(eyes().owner)
    expect((await compareWorlds(eyes(), { seed: 1, worlds: 50 })).first).toBeNull()
  })
})

describe.each<{ title: string; shows: RegExp; broken: (owner: pg.Client) => Promise<unknown> }>([
  { title: "a grant counts after it was ended", shows: /^(grant|file|key): 0 hidden/, broken: ruleWithout("ended") },
  { title: "a grant counts while its file is in the bin", shows: /^(grant|file|key): 0 hidden/, broken: ruleWithout("asleep") },
  { title: "a grant counts after its end date", shows: /^(grant|file|key): 0 hidden/, broken: ruleWithout("ends") },
  { title: "a grant counts before its publication date", shows: /^(grant|file|key): 0 hidden/, broken: ruleWithout("starts") },
  { title: "a grant counts for whoever looks", shows: /^(grant|file|key): 0 hidden/, broken: ruleWithout("audience") },
  { title: "every file is in sight", shows: /^(file|key): 0 hidden/, broken: policy("dossier_file", "seen_by_grant", "true") },
  { title: "a dossier's key opens for anybody", shows: /^key: 0 hidden/, broken: policy("dossier_key", "with_dossier_or_file", "true") },
  {
    title: "an employer sees the deliveries of its office",
    shows: /^(delivery|upload|item): 0 hidden/,
    broken: policy("delivery", "own_delivery", "employer_id = any ((select viewer_employers())::uuid[])"),
  },
  {
    title: "an employer sees what its office never laid before it",
    shows: /^delivery: 0 hidden/,
    broken: policy("delivery", "laid_before", "employer_id = (select viewer_party()) and (select viewer_rank()) in ('owner', 'member')"),
  },
  {
    title: "a reader sees what was laid before the employer",
    shows: /^(delivery|round): 0 hidden/,
    broken: policy("approval_round", "both_sides", "audience_id = any ((select viewer_audiences())::uuid[]) or employer_id = (select viewer_party())"),
  },
  {
    title: "an employer sees what is in a delivery that went back to its office",
    shows: /^item: 0 hidden/,
    broken: policy("delivery_item", "laid_before", "(select true from delivery d where d.id = delivery_id)"),
  },
  {
    title: "an employer sees the files as they were dropped",
    shows: /^upload: 0 hidden/,
    broken: policy("delivery_upload", "with_delivery", "(select true from delivery d where d.id = delivery_id)"),
  },
  {
    title: "an office sees what others laid before their clients",
    shows: /^round: 0 hidden/,
    broken: policy("approval_round", "both_sides", "audience_id = any ((select viewer_audiences())::uuid[]) or employer_id = any ((select viewer_employers())::uuid[])"),
  },
  {
    title: "an office knows of an employer that has not confirmed yet",
    shows: /^move: 0 hidden/,
    broken: policy("office_move", "both_sides", "employer_id = (select viewer_party()) or office_id = (select viewer_party())"),
  },
  { title: "everybody knows who asks which office", shows: /^move: 0 hidden/, broken: policy("office_move", "both_sides", "asked_at is not null") },
  {
    title: "an office knows how much its clients keep",
    shows: /^usage: 0 hidden/,
    broken: policy("dossier_usage", "own_usage", "(select true from dossier d where d.id = dossier_id)"),
  },
  { title: "a link to confirm an address is anybody's", shows: /^link: 0 hidden/, broken: policy("address_link", "own_links", "true") },
  {
    title: "an employee sees colleagues",
    shows: /^(employee|dossier|key): 0 hidden/,
    broken: policy(
      "employee",
      "self_or_staff",
      `id = any ((select viewer_audiences())::uuid[]) or employer_id = any (viewer_employers() || viewer_workplace())`,
    ),
  },
  {
    title: "an office keeps the clients that left it",
    shows: /leaked/,
    broken: entering("live_engagements", "e.office_id = p_office and e.ended_at is null", "e.office_id = p_office"),
  },
  { title: "a role that ended lets somebody in", shows: /may enter/, broken: entering("live_roles", " and r.ended_at is null", "") },
  { title: "a blocked account is let in", shows: /may enter/, broken: entering("live_roles", " and c.blocked_at is null", "") },
  { title: "any account acts for any party", shows: /may enter/, broken: entering("live_roles", "r.account_id = p_account and ", "") },
  {
    title: "somebody who is for some clients of the office sees the others",
    shows: /^(audience|engagement|employer|employee|dossier|grant|file|key|delivery): 0 hidden/,
    broken: entering("live_engagements", "not r.only_some_clients or", "true or"),
  },
  {
    title: "who works for some clients hears of an employer that asks to come",
    shows: /^move: 0 hidden/,
    broken: policy("office_move", "both_sides", "employer_id = (select viewer_party()) or (office_id = (select viewer_party()) and asked_at is not null)"),
  },
  { title: "who is no owner sees who works there", shows: /^(role|account): 0 hidden/, broken: policy("account_role", "staff_of_owner", "party_id = (select viewer_party())") },
  {
    title: "an owner sees the accounts of others too",
    shows: /^account: 0 hidden/,
    broken: policy("account", "staff_of_owner", "(select viewer_rank()) = 'owner'"),
  },
  {
    title: "a colleague for the overviews acts as the employer",
    shows: /^(audience|employer|employee|dossier|grant|file|key|delivery|move|usage): \d+ hidden, [1-9]/,
    broken: entering("acting_roles", "when r.rank = 'overviews' then", "when false then"),
  },
  {
    title: "a colleague for the overviews carries what the employer sees",
    shows: /^(audience|grant|file|key): 0 hidden/,
    broken: entering("enter_viewer", "v_audiences := array[v_role.acts_as]", "v_audiences := array[v_role.acts_as, p_party]"),
  },
  {
    title: "a colleague for the overviews works for the employer",
    shows: /^(employer|employee|dossier|key): 0 hidden/,
    broken: entering("enter_viewer", " and v_role.rank <> 'overviews'", ""),
  },
  { title: "the overviews hold other documents of the employer", shows: /^(grant|file|key): 0 hidden/, broken: entering("follow_employer_grant", " and f.kind = 'series-overview'", "") },
  { title: "the overviews hold own files of the employer", shows: /^(grant|file|key): 0 hidden/, broken: entering("follow_employer_grant", " and f.origin = 'payroll'", "") },
  { title: "an overview stays when the employer sees it no more", shows: /^(grant|file|key): 0 hidden/, broken: entering("follow_employer_grant", "ended_at = new.ended_at, ", "") },
  { title: "an overview comes before the employer sees it", shows: /^(grant|file|key): 0 hidden/, broken: entering("follow_employer_grant", "new.id, new.starts_at", "new.id, now() - interval '1 year'") },
  { title: "an overview does not come", shows: /^(grant|file|key): [1-9]/, broken: entering("follow_employer_grant", "where e.id = new.audience_id;", "where false;") },
  { title: "what was withdrawn is known to everybody", shows: /^(withdrawal|receiver): 0 hidden/, broken: policy("withdrawal", "received_or_sent", "true") },
  { title: "everybody who had it is told who else had it", shows: /^(withdrawal|receiver): 0 hidden/, broken: policy("withdrawal_receiver", "received_or_sent", "true") },
  { title: "who had it hears nothing of its being withdrawn", shows: /^(withdrawal|receiver): [1-9]/, broken: policy("withdrawal_receiver", "received_or_sent", "by_audience_id = any ((select viewer_audiences())::uuid[])") },
  {
    title: "who looked before still looks in the next transaction",
    shows: /leaked/,
    broken: entering("enter_viewer", "v_audiences::text, true", "v_audiences::text, false"),
  },
])("when $title", ({ shows, broken }) => {
  const eyes = useEyes()

  test("the comparison finds it", async () => {
    await broken(eyes().owner)
    const { first } = await compareWorlds(eyes(), { seed: 1, worlds })
    expect(first?.what).toMatch(shows)
  })
})

function useEyes(): () => Eyes {
  const database = useDatabase()
  let eyes: Eyes | undefined
  beforeAll(async () => {
    eyes = await openEyes(database)
  })
  afterAll(() => eyes?.close())
  return () => {
    if (!eyes) throw new Error("Not open yet")
    return eyes
  }
}

function ruleWithout(part?: keyof typeof rule): (owner: pg.Client) => Promise<unknown> {
  const { [part ?? "none"]: _, ...rest } = { none: "", ...rule }
  return policy("file_grant", "live_for_viewer", Object.values(rest).filter(Boolean).join(" and "))
}

function policy(table: string, name: string, using: string): (owner: pg.Client) => Promise<unknown> {
  return (owner) => owner.query(`alter policy ${name} on ${table} using (${using})`)
}

/** Changes one of the functions that enter a viewer or give a grant, as it stands in the database; throws when the text to change is not in it. */
function entering(name: "enter_viewer" | "live_roles" | "live_engagements" | "acting_roles" | "follow_employer_grant", text: string, instead: string): (owner: pg.Client) => Promise<unknown> {
  return async (owner) => {
    const { rows } = await owner.query<{ body: string }>(`select pg_get_functiondef('${name}'::regproc) as body`)
    const body = rows[0]?.body ?? ""
    if (!body.includes(text)) throw new Error(`${name} does not say: ${text}`)
    return owner.query(body.replaceAll(text, instead))
  }
}

import { randomUUID } from "node:crypto"
import type pg from "pg"
import type { World } from "../../support/worlds.ts"

type Rows = Record<string, Record<string, unknown>[]>

/** Each refers only to those before it. */
const tables = [
  "audience",
  "office",
  "employer",
  "engagement",
  "employee",
  "account",
  "account_role",
  "role_client",
  "dossier",
  "dossier_key",
  "delivery",
  "delivery_upload",
  "delivery_item",
  "approval_round",
  "dossier_file",
  "file_grant",
  "file_read",
  "withdrawal",
  "withdrawal_receiver",
  "office_move",
  "address_link",
]

/**
 * Empties the database and writes these worlds into it, as its owner. In one statement: references are checked when all rows stand. What was placed and is
 * ended is ended afterwards, as it goes, and so is what was withdrawn; what the database gave the overviews of an employer gets the ids that the oracle names (asOverviews).
 */
export async function writeWorlds(owner: pg.Client, worlds: readonly World[]): Promise<void> {
  const all = worlds.map(rowsOf)
  const rows: Rows = Object.fromEntries(tables.map((table) => [table, all.flatMap((one) => one[table] ?? [])]))
  const grants = rows["file_grant"] ?? []
  rows["file_grant"] = grants.map((one) => (one["reason"] === "placed" ? { ...one, ended_at: null } : one))
  const inserts = tables.map(
    (table) =>
      `${table}_rows as (insert into ${table} select r.* from told, jsonb_populate_recordset(null::${table}, rows -> '${table}') r)`,
  )
  await owner.query("alter table delivery_item disable trigger hold_still")
  await owner.query(
    [...tables]
      .reverse()
      .map((table) => `delete from ${table}`)
      .join("; "),
  )
  await owner.query(`with told as (select $1::jsonb as rows), ${inserts.join(", ")} select`, [JSON.stringify(rows)])
  await owner.query("alter table delivery_item enable trigger hold_still")
  const ended = grants.filter((one) => one["reason"] === "placed" && one["ended_at"])
  await owner.query("update file_grant g set ended_at = t.ended_at from jsonb_populate_recordset(null::file_grant, $1) t where t.id = g.id", [JSON.stringify(ended)])
  await owner.query("update file_grant g set ended_at = now() from withdrawal w join dossier_file f on f.id = w.file_id where g.file_id = w.file_id and g.ended_at is null and not is_senders(g, f.sender_id) and not exists (select from file_grant p where p.id = g.parent_id and not is_senders(p, f.sender_id))")
  await owner.query("update file_grant set id = md5(parent_id || ' for the overviews')::uuid where reason = 'placed' and parent_id is not null")
}

function rowsOf(world: World): Rows {
  const { now: created_at } = world
  const named = (kind: string) => (party: { id: string }) => ({ id: party.id, kind })
  const bytes = "\\x00"
  const stored = { media_type: "application/pdf", size: 1, sha256: bytes }
  return {
    audience: [
      ...world.offices.map(named("office")),
      ...world.employers.map(named("employer")),
      ...world.employees.map(named("employee")),
      ...world.engagements.map(named("engagement")),
      ...world.employers.map(({ overviewsId }) => ({ id: overviewsId, kind: "overviews" })),
    ],
    office: world.offices.map(({ id, name }) => ({ id, name, client_number: id, created_at })),
    employer: world.employers.map(({ id, name, overviewsId }) => ({ id, name, overviews_id: overviewsId, wage_tax_number: id, period_kind: "month", access: "none", created_at })),
    engagement: world.engagements.map((one) => ({
      id: one.id,
      office_id: one.officeId,
      employer_id: one.employerId,
      started_at: one.startedAt,
      ended_at: one.endedAt,
      needs_approval: false,
    })),
    employee: world.employees.map(({ id, name, employerId, hasLeft }) => ({
      id,
      employer_id: employerId,
      number: id,
      initials: name.split(" ")[0],
      surname: name.split(" ")[1],
      sort_key: name,
      employed_to: hasLeft ? "2020-01-31" : null,
      access: "none",
      created_at,
    })),
    account: world.accounts.map(({ id, isBlocked }) => ({
      id,
      username: id,
      locale: "nl",
      theme: "system",
      mails_on_new_files: true,
      may_put_off_second_step: true,
      created_at,
      blocked_at: isBlocked ? created_at : null,
    })),
    account_role: world.roles.map((role) => ({
      id: role.id,
      account_id: role.accountId,
      party_id: role.partyId,
      created_at,
      ended_at: role.endedAt,
      rank: role.rank,
      only_some_clients: role.clients !== null,
    })),
    role_client: world.roles.flatMap((role) => (role.clients ?? []).map((employer_id) => ({ role_id: role.id, employer_id }))),
    dossier: world.dossiers.map(({ id, ownerId, employerId }) => ({ id, owner_id: ownerId, employer_id: employerId, created_at })),
    dossier_key: world.dossiers.map(({ id }) => ({ dossier_id: id, recipient: "age1", wrapped_identity: bytes })),
    delivery: world.deliveries.map(({ id, employerId, audienceId, senderId, state, isOpen }) => ({
      id,
      employer_id: employerId,
      audience_id: audienceId,
      sender_id: senderId,
      state,
      open_to_employer: isOpen,
      created_by: randomUUID(),
      created_at,
    })),
    approval_round: world.deliveries.flatMap(({ id, employerId, audienceId, roundId }) =>
      roundId === null ? [] : [{ id: roundId, delivery_id: id, employer_id: employerId, audience_id: audienceId, number: 1, content: bytes, laid_at: created_at }],
    ),
    delivery_upload: world.deliveries.map(({ id, uploadId }) => ({
      id: uploadId,
      delivery_id: id,
      name: "loonstroken.pdf",
      ...stored,
      storage_key: uploadId,
      state: "read",
      created_at,
    })),
    delivery_item: world.deliveries.flatMap(({ id, uploadId, items }) =>
      items.map((item, position) => ({
        id: item.id,
        delivery_id: id,
        upload_id: uploadId,
        position,
        kind: "payslip",
        employee_id: item.employeeId,
        pages: [1],
        evidence: [],
        ...stored,
        storage_key: item.id,
        dossier_id: item.dossierId,
        file_id: item.fileId,
      })),
    ),
    dossier_file: world.files.map((file) => ({
      id: file.id,
      dossier_id: file.dossierId,
      employer_id: employerOf(world, file.dossierId),
      origin: file.origin,
      kind: file.kind,
      year: file.origin === "own" ? null : 2026,
      ...stored,
      storage_key: file.id,
      sender_id: file.senderId,
      sender_name: "",
      delivery_id: file.deliveryId,
      created_at,
      binned_at: file.isBinned ? created_at : null,
    })),
    file_grant: world.grants.map((grant) => ({
      id: grant.id,
      file_id: grant.fileId,
      audience_id: grant.audienceId,
      employer_id: null,
      reason: grant.reason,
      parent_id: grant.parentId,
      asleep_at: world.files.some((file) => file.id === grant.fileId && file.isBinned) ? created_at : null,
      ...times(world, grant),
    })),
    office_move: world.moves.map(({ id, employerId, officeId, askedAt, answeredAt }) => ({
      id,
      employer_id: employerId,
      office_id: officeId,
      employer_name: "",
      office_name: "",
      asked_by: randomUUID(),
      created_at,
      asked_at: askedAt,
      declined_at: answeredAt,
    })),
    address_link: world.links.map(({ id, accountId }) => ({
      id,
      account_id: accountId,
      address: "",
      token_hash: `\\x${id.replaceAll("-", "")}`,
      created_at,
      expires_at: created_at,
    })),
    withdrawal: world.withdrawals.map(({ fileId, byAudienceId }) => ({ file_id: fileId, dossier_id: world.files.find((one) => one.id === fileId)?.dossierId, kind: "payslip", sender_name: "", by_audience_id: byAudienceId, reason: "other", placed_at: created_at, withdrawn_at: created_at })),
    withdrawal_receiver: world.withdrawals.flatMap(({ fileId, byAudienceId, hadIt }) => hadIt.map((audience_id) => ({ file_id: fileId, audience_id, by_audience_id: byAudienceId, openings: 0 }))),
    file_read: world.reads.map(({ accountId, fileId }) => ({ account_id: accountId, file_id: fileId, read_at: created_at })),
  }
}

function employerOf(world: World, dossierId: string): string | null {
  return world.dossiers.find((dossier) => dossier.id === dossierId)?.employerId ?? null
}

/** What was shared on never outlives what it came from: the row of a grant holds the narrowest times of its chain. */
function times(world: World, grant: World["grants"][number]): { starts_at: Date; ends_at: Date | null; ended_at: Date | null } {
  const parent = world.grants.find((one) => one.id === grant.parentId)
  if (!parent) return { starts_at: grant.startsAt, ends_at: grant.endsAt, ended_at: grant.endedAt }
  const above = times(world, parent)
  return {
    starts_at: above.starts_at > grant.startsAt ? above.starts_at : grant.startsAt,
    ends_at: earliest(above.ends_at, grant.endsAt),
    ended_at: earliest(above.ended_at, grant.endedAt),
  }
}

function earliest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { deliver } from "#domain/deliveries/deliver.ts"
import { giveUpSending } from "#domain/deliveries/give-up.ts"
import { insertItems, type ItemRow } from "#domain/deliveries/item-repository.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { counts } from "../../support/rows.ts"

const database = useDatabase()
const count = 5000

let office: Viewer
let last: Viewer
let deliveryId: string
let owner: pg.Client

beforeAll(async () => {
  office = await makeOffice()
  const employerId = await makeClient(office)
  const lines = Array.from({ length: count }, (_, index) => `${index + 1};Naam${index};01-02-1980;w${index}@voorbeeld.test`)
  await bringIn(office, employerId, "csv", Buffer.from(["nummer;achternaam;geboortedatum;email", ...lines].join("\n")))
  const people = await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))
  last = await viewerFor("employee", people.at(-1)?.employeeId ?? "")
  deliveryId = (await startDelivery(office, { employerId }, today)).deliveryId
  await asSystem("operate", async (tx) => {
    const dossiers = new Map((await tx.dossier.findMany({ where: { employerId }, select: { id: true, ownerId: true } })).map(({ id, ownerId }) => [ownerId, id]))
    const bytes = { size: 60_000, sha256: new Uint8Array(32), mediaType: "application/pdf" }
    const uploadId = newId()
    await tx.deliveryUpload.create({ data: { id: uploadId, deliveryId, name: "alles.pdf", state: "read", pages: count, storageKey: `files/${newId()}`, ...bytes } })
    const items = people.map(({ employeeId }, position): ItemRow => {
      const about = { kind: "payslip", year: 2026, period: 3, periodKind: "month", employeeId, pages: [position + 1], parked: null, evidence: [], mismatch: null, clues: [] }
      return { id: newId(), deliveryId, uploadId, position, ...about, ...bytes, storageKey: `files/${newId()}`, dossierId: dossiers.get(employeeId) ?? "", fileId: null }
    })
    await insertItems(tx, items)
  })
  await stageDelivery(office, { deliveryId }, today)
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await closeQueue()
  await closeDatabase()
})

const seen = async () => (await listUnread(last, { after: null })).files.length

test("five thousand payslips of which the 4,999th cannot be placed leave nothing, and all go out when they are sent again", async () => {
  await owner.query(`
    create sequence placed; grant usage on sequence placed to public;
    create function fail_late() returns trigger language plpgsql as $$ begin
      if nextval('placed') = 4999 then raise exception 'the disk is on fire'; end if;
      return new;
    end $$;
    create trigger fail_late before insert on dossier_file for each row execute function fail_late();`)
  const before = await counts()
  await sendDelivery(office, { deliveryId })
  await expect(deliver({ deliveryId }, today)).rejects.toThrow()
  expect(Number((await owner.query("select last_value from placed")).rows[0]?.last_value)).toBe(4999)
  expect(await counts()).toEqual(before)
  expect(await seen()).toBe(0)

  await giveUpSending({ deliveryId }, today)
  await owner.query("drop trigger fail_late on dossier_file")
  await sendDelivery(office, { deliveryId })
  await sendDelivery(office, { deliveryId })
  await Promise.all([deliver({ deliveryId }, today), deliver({ deliveryId }, today)])
  await deliver({ deliveryId }, today)
  const after = await counts()
  expect({ files: after.files - before.files, mails: after.mails - before.mails }).toEqual({ files: count, mails: count + 1 })
  expect(await seen()).toBe(1)
})

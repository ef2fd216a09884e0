import { randomUUID } from "node:crypto"
import type pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import {
  attempt, deliveryOf, dossierOf, employee, employer, employers, engagementOf, enterSmallWorld, fileOf, itemOf, notAllowed, office, overviewer,
  overviewOf, overviews, ownFilesOf, staff,
} from "./small-world.ts"

const database = useDatabase()
let app: pg.Client

beforeAll(async () => {
  app = await enterSmallWorld(database)
})
afterAll(() => app.end())

const newEmployee = (id: string, employerId: string | undefined) => `
  with party as (insert into audience (id, kind) values ('${id}', 'employee'))
  insert into employee (id, employer_id, number, initials, surname, sort_key)
  values ('${id}', '${employerId}', '99', 'A', 'Bakker', 'bakker a')`
const newDelivery = (values: { employer?: string; audience?: string; sender?: string }) => `
  insert into delivery (id, employer_id, audience_id, sender_id, created_by)
  values (gen_random_uuid(), '${values.employer}', '${values.audience}', '${values.sender}', '${office.accountId}')`
const newItem = (values: { delivery?: string; upload?: string; employee?: string; dossier?: string }) => `
  insert into delivery_item (id, delivery_id, upload_id, position, kind, employee_id, media_type, size, sha256, storage_key, dossier_id)
  values (gen_random_uuid(), '${values.delivery}', '${values.upload}', 9, 'payslip', '${values.employee}', 'application/pdf', 1, '', 'new',
    '${values.dossier}')`
const ownUpload = { delivery: deliveryOf(0)?.id, upload: deliveryOf(0)?.uploadId }

test.each([
  ["an employer reads its own people", employer, `select from employee where id = '${staff(0)[0]}'`],
  ["an employer corrects the address of its own employee", employer, `update employee set city = 'Zaandam' where id = '${staff(0)[0]}'`],
  ["an office adds an employee at its client", office, newEmployee(randomUUID(), employers[1])],
  [
    "an office starts a delivery for its client",
    office,
    newDelivery({ employer: employers[0], audience: engagementOf(0), sender: office.partyId }),
  ],
  ["an office stages its delivery", office, `update delivery set state = 'staged', staged_at = now() where id = '${deliveryOf(0)?.id}'`],
  ["an office removes its delivery", office, `delete from delivery where id = '${deliveryOf(0)?.id}'`],
  ["an office puts a document in its delivery", office, newItem({ ...ownUpload, employee: staff(0)[0], dossier: dossierOf(staff(0)[0]) })],
  ["somebody chooses colours, of its own account only", employee, "update account set theme = 'dark'"],
  [
    "an employee marks a payslip of its own as read",
    employee,
    `insert into file_read (account_id, file_id) values ('${employee.accountId}', '${fileOf(staff(0)[0])}')`,
  ],
  [
    "a colleague for the overviews marks one of them as read",
    overviewer,
    `insert into file_read (account_id, file_id) values ('${overviewer.accountId}', '${overviewOf}')`,
  ],
])("%s", async (_title, who, statement) => {
  expect(await attempt(app, who, statement)).toBe(1)
})

test.each([
  [
    "nobody gives itself a grant",
    office,
    `insert into file_grant (id, file_id, audience_id, reason, starts_at)
     values (gen_random_uuid(), '${fileOf(staff(2)[0])}', '${office.partyId}', 'shared', now())`,
  ],
  ["nobody stretches a grant", employee, "update file_grant set ends_at = null"],
  ["nobody removes a grant", employer, "delete from file_grant"],
  ["nobody makes a file outside a delivery", office, "insert into dossier_file select * from dossier_file limit 1"],
  [
    "nobody begins an upload past the count of them",
    employee,
    `insert into own_upload (id, account_id, party_id, dossier_id, name, length, began_at)
     values (gen_random_uuid(), '${employee.accountId}', '${employee.partyId}', '${dossierOf(staff(0)[0])}', 'x', 1, now())`,
  ],
  ["nobody gives an upload away", employee, "update own_upload set account_id = party_id"],
  ["nobody makes an upload young again", employee, "update own_upload set began_at = now()"],
  ["nobody changes a file", employer, "update dossier_file set name = 'anders'"],
  ["nobody deletes a file", employee, "delete from dossier_file"],
  ["nobody adds an account", office, "insert into account (id, username) values (gen_random_uuid(), 'nieuw')"],
  ["nobody changes a username past its own use case", employee, "update account set username = 'anders'"],
  ["nobody makes a link for itself", employee, "insert into address_link select * from address_link limit 1"],
  ["nobody unblocks an account", employee, "update account set blocked_at = null"],
  [
    "nobody gives itself a role",
    employee,
    `insert into account_role (id, account_id, party_id) values (gen_random_uuid(), '${employee.accountId}', '${employers[0]}')`,
  ],
  ["nobody revives a role", employee, "update account_role set ended_at = null"],
  ["nobody ends or revives an engagement", office, "update engagement set ended_at = null"],
  [
    "nobody begins an engagement",
    office,
    `insert into engagement (id, office_id, employer_id) values ('${staff(0)[0]}', '${office.partyId}', '${employers[2]}')`,
  ],
  ["nobody becomes another kind of audience", employee, "update audience set kind = 'employer'"],
  ["nobody adds an office as a party", office, "insert into audience (id, kind) values (gen_random_uuid(), 'office')"],
  ["an employee adds no parties", employee, "insert into audience (id, kind) values (gen_random_uuid(), 'employee')"],
  [
    "an employee adds no people",
    employee,
    `insert into employee (id, employer_id, number, initials, surname, sort_key)
     values ('${employers[0]}', '${employers[0]}', '9', '', '', '')`,
  ],
  ["nobody changes a dossier", office, "update dossier set employer_id = null"],
  ["nobody replaces a key", office, "update dossier_key set recipient = 'age2'"],
  ["nobody destroys a key", office, "delete from dossier_key"],
  ["an office adds no employee at another's client", office, newEmployee(randomUUID(), employers[2])],
  [
    "an employer moves no employee to another employer",
    employer,
    `update employee set employer_id = '${employers[1]}' where id = '${staff(0)[0]}'`,
  ],
  [
    "an office moves no employee from one client to the other",
    office,
    `update employee set employer_id = '${employers[1]}' where id = '${staff(0)[0]}'`,
  ],
  ["nobody turns an employee into another", employer, `update employee set id = '${staff(1)[0]}' where id = '${staff(0)[0]}'`],
  [
    "nobody sends an employee's links elsewhere",
    employer,
    `update employee set private_email = 'ander@voorbeeld.test' where id = '${staff(0)[0]}'`,
  ],
  ["nobody sees the password of an account", employee, "select password_hash from account"],
  [
    "nobody opens a dossier for a stranger's employee",
    office,
    `insert into dossier (id, owner_id, employer_id) values (gen_random_uuid(), '${staff(2)[0]}', '${employers[0]}')`,
  ],
  [
    "nobody opens a dossier that is not an employee's",
    office,
    `insert into dossier (id, owner_id, employer_id) values (gen_random_uuid(), '${engagementOf(0)}', '${employers[0]}')`,
  ],
  [
    "nobody puts a key on another's dossier",
    office,
    `insert into dossier_key (dossier_id, recipient, wrapped_identity) values ('${dossierOf(staff(2)[0])}', 'age3', '')`,
  ],
  [
    "nobody marks a file as read that is out of sight",
    employee,
    `insert into file_read (account_id, file_id) values ('${employee.accountId}', '${fileOf(staff(0)[1])}')`,
  ],
  [
    "nobody marks a file as read for somebody else",
    employee,
    `insert into file_read (account_id, file_id) values ('${office.accountId}', '${fileOf(staff(0)[0])}')`,
  ],
  [
    "an office starts no delivery for another's client",
    office,
    newDelivery({ employer: employers[2], audience: engagementOf(0), sender: office.partyId }),
  ],
  [
    "an office starts no delivery under another engagement",
    office,
    newDelivery({ employer: employers[0], audience: engagementOf(1), sender: office.partyId }),
  ],
  [
    "an office starts no delivery in the name of its client",
    office,
    newDelivery({ employer: employers[0], audience: employers[0], sender: employers[0] }),
  ],
  [
    "an office starts no delivery in the name of another sender",
    office,
    newDelivery({ employer: employers[0], audience: engagementOf(0), sender: employers[0] }),
  ],
  [
    "an employer starts no delivery for its office",
    employer,
    newDelivery({ employer: employers[0], audience: engagementOf(0), sender: employers[0] }),
  ],
  [
    "an employee starts no delivery",
    employee,
    newDelivery({ employer: employers[0], audience: employee.partyId, sender: employee.partyId }),
  ],
  [
    "an office moves no delivery to its other client",
    office,
    `update delivery set employer_id = '${employers[1]}', audience_id = '${engagementOf(1)}' where id = '${deliveryOf(0)?.id}'`,
  ],
  ["nobody writes down that a delivery was sent", office, `update delivery set sent_at = now() where id = '${deliveryOf(0)?.id}'`],
  ["an item is for nobody at another client", office, newItem({ ...ownUpload, employee: staff(1)[0], dossier: dossierOf(staff(1)[0]) })],
  ["an item lands in nobody else's dossier", office, newItem({ ...ownUpload, employee: staff(0)[0], dossier: dossierOf(staff(0)[1]) })],
  [
    "an item comes from no other delivery's file",
    office,
    newItem({ ...ownUpload, upload: deliveryOf(1)?.uploadId, employee: staff(0)[0], dossier: dossierOf(staff(0)[0]) }),
  ],
  [
    "an item is given to nobody at another client",
    office,
    `update delivery_item set employee_id = '${staff(1)[0]}', dossier_id = '${dossierOf(staff(1)[0])}' where id = '${itemOf(staff(0)[0])}'`,
  ],
  [
    "an item is not moved to another delivery",
    office,
    `update delivery_item set delivery_id = '${deliveryOf(1)?.id}' where id = '${itemOf(staff(0)[0])}'`,
  ],
  [
    "nothing is put in another's delivery",
    office,
    newItem({ delivery: deliveryOf(2)?.id, upload: deliveryOf(2)?.uploadId, employee: staff(2)[0], dossier: dossierOf(staff(2)[0]) }),
  ],
  [
    "a colleague for the overviews marks no other file of the employer as read",
    overviewer,
    `insert into file_read (account_id, file_id) values ('${overviewer.accountId}', '${fileOf(staff(0)[0])}')`,
  ],
  ["a colleague for the overviews adds no employee", overviewer, newEmployee(randomUUID(), employers[0])],
  [
    "a colleague for the overviews starts no delivery, as the employer or as what it acts as",
    overviewer,
    newDelivery({ employer: employers[0], audience: overviews, sender: overviews }),
  ],
  ["a colleague for the overviews bins no own file of the employer", overviewer, `select bin_files(array['${ownFilesOf(employers[0])[0]}']::uuid[])`],
  ["a colleague for the overviews changes nobody", overviewer, `update employee set city = 'Zaandam'`],
  ["a colleague for the overviews removes no delivery", overviewer, "delete from delivery"],
  ["a colleague for the overviews ends no share", overviewer, "update file_grant set ended_at = now()"],
  ["a colleague for the overviews makes itself no reader", overviewer, "update account_role set rank = 'reader'"],
])("%s", async (_title, who, statement) => {
  expect(await attempt(app, who, statement)).toBe(notAllowed)
})

test.each([
  ["an employer changes nobody at another employer", employer, `update employee set city = 'Zaandam' where id = '${staff(1)[0]}'`],
  ["an employee changes nothing that payroll says", employee, `update employee set city = 'Zaandam' where id = '${staff(0)[0]}'`],
  ["an office changes no delivery of another office", office, `update delivery set state = 'draft' where id = '${deliveryOf(2)?.id}'`],
  ["an office removes no delivery of another office", office, `delete from delivery where id = '${deliveryOf(2)?.id}'`],
  ["an employer removes no delivery of its office", employer, `delete from delivery where id = '${deliveryOf(0)?.id}'`],
  ["an office removes no item of another office", office, `delete from delivery_item where delivery_id = '${deliveryOf(2)?.id}'`],
  ["an office removes no upload of another office", office, `delete from delivery_upload where delivery_id = '${deliveryOf(2)?.id}'`],
])("%s: it is not there", async (_title, who, statement) => {
  expect(await attempt(app, who, statement)).toBe(0)
})

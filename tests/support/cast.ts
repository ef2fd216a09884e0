import { encode } from "next-auth/jwt"
import { makeKey } from "#domain/api-keys/make-key.ts"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { placeOwnFile } from "#domain/files/place-own-file.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { chooseOffice, confirmOffice, viewOfficeChoice } from "#domain/moves/ask-office.ts"
import { addEmployer, registerEmployer } from "#domain/parties/add-employer.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { registerOffice } from "#domain/parties/register-office.ts"
import { beginSession } from "#domain/sessions/begin-session.ts"
import { binFiles } from "#domain/sharing/bin-files.ts"
import { endShare } from "#domain/sharing/end-share.ts"
import { listReceivers } from "#domain/sharing/list-receivers.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { addWebhook, pingWebhook } from "#domain/webhooks/change-webhooks.ts"
import { viewWebhook } from "#domain/webhooks/list-webhooks.ts"
import { asSystem } from "#platform/database.ts"
import { keyFor } from "#platform/secrets.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { makeBackup } from "./backups.ts"
import type { Thing } from "./doors.ts"
import { makeDraft, makeLaid } from "./drafts.ts"
import { bringIn, employerInput, sendOff, viewerFor } from "./house.ts"
import { onePage } from "./one-page.ts"
import { failedMail, moveTo } from "./rows.ts"

/** Everybody who knocks. The names of parties are words that stand nowhere else, so that one of them in an answer gives it away. */
const names = {
  office: "Kantoor Wezelkruid",
  formerOffice: "Kantoor Zwaluwtong",
  otherOffice: "Kantoor Hondsdraf",
  employer: "Bakkerij Moerasandoorn",
  otherEmployer: "Slagerij Kattestaart",
  selfRunning: "Drukkerij Leverbloem",
  employee: "Vlasbekje",
  colleague: "Penningkruid",
  otherEmployee: "Speenkruid",
} as const

export type Actor = keyof typeof names

export const actors = ["office", "formerOffice", "otherOffice", "employer", "otherEmployer", "selfRunning", "employee", "colleague", "otherEmployee"] as const

/** Whose names each may read: its own, and of those it deals or dealt with. */
export const mayRead = {
  office: ["office", "employer", "employee", "colleague"],
  formerOffice: ["formerOffice"],
  otherOffice: ["otherOffice", "otherEmployer", "otherEmployee", "selfRunning"],
  employer: ["employer", "office", "formerOffice", "employee", "colleague"],
  otherEmployer: ["otherEmployer", "otherOffice", "otherEmployee"],
  selfRunning: ["selfRunning", "otherOffice"],
  employee: ["employee", "employer", "office", "formerOffice"],
  colleague: ["colleague", "employer", "office"],
  otherEmployee: ["otherEmployee", "otherEmployer", "otherOffice"],
} as const satisfies Record<Actor, readonly Actor[]>

/** The words in a text that this one may not read. Nobody in particular may read none. */
export function leaksIn(text: string, reader: Actor | null): string[] {
  const allowed: readonly Actor[] = reader ? mayRead[reader] : []
  const words = actors.filter((actor) => !allowed.includes(actor)).map((actor) => names[actor].split(" ").at(-1) ?? "")
  return words.filter((word) => text.toLowerCase().includes(word.toLowerCase()))
}

/** One thing with an id, who has it in sight, and who had it before it was withdrawn. Things of one house belong together. */
export type Something = { what: Thing; id: string; house: string; seenBy: readonly Actor[]; hadBy: readonly Actor[]; note: string }

/**
 * `readers`: the cookies of somebody of the first office and of its client who may only look. `overviews`: of somebody of that client who sees the series
 * overviews alone, and the one that there is.
 */
export type Cast = { viewers: Record<Actor, Viewer>; cookies: Record<Actor, string>; things: Something[]; readers: { office: string; employer: string }; overviews: { cookie: string; fileId: string } }

const at = new Date("2026-03-25T09:12:00Z")

/** Fills an empty portal with three houses that have nothing to do with each other; the first one moved from one office to another. */
export async function makeCast(): Promise<Cast> {
  const [office, formerOffice, otherOffice] = [await makeOffice("office", "300001"), await makeOffice("formerOffice", "300002"), await makeOffice("otherOffice", "300003")]
  const things: Something[] = []
  const add = (house: string, note: string, seenBy: readonly Actor[], ids: Partial<Record<Thing, string>>, hadBy: readonly Actor[] = []) => {
    for (const what of thingsIn(ids)) things.push({ what, id: ids[what] ?? "", house, seenBy, hadBy, note })
  }

  const { employerId } = await addEmployer(formerOffice, { ...employerInput("999990032L01"), name: names.employer, email: null }, at)
  const [employeeId = "", colleagueId = "", thirdId = ""] = await makePeople(formerOffice, employerId, [names.employee, names.colleague, "Bosbes"])
  add("first", "delivered by the former office", ["employer", "employee"], { file: await deliverTo(formerOffice, employerId, employeeId, 2) })
  add("first", "a draft of the former office", [], await makeDraft(formerOffice, employerId, "zwaluwtong.pdf"))
  const employer = await viewerFor("employer", employerId)
  add("first", "the employer's own, shared with the former office", ["employer"], { file: await shareOn(employer, await placeOwn(employer, names.employer, employerId, "Moerasandoorn oud.pdf")) })
  await moveTo(employerId, office.partyId)
  add("first", "the employer", ["office", "employer"], { employer: employerId })
  add("first", "the employee", ["office", "employer", "employee"], { employee: employeeId })
  add("first", "the colleague", ["office", "employer", "colleague"], { employee: colleagueId })
  add("first", "delivered", ["office", "employer", "employee"], { file: await deliverTo(office, employerId, employeeId, 3) })
  const fileId = await deliverTo(office, employerId, null, 3)
  add("first", "a series overview", ["office", "employer"], { file: fileId })
  add("first", "withdrawn", ["office"], await withdraw(office, await deliverTo(office, employerId, colleagueId, 4)), ["employer", "colleague"])
  add("first", "a draft of the office", ["office"], await makeDraft(office, employerId, "wezelkruid.pdf"))

  const laid = await makeLaid(office, employer)
  add("first", "laid before the employer by the office", ["office", "employer"], { delivery: laid.delivery, item: laid.item })
  add("first", "laid before the employer, as it was dropped", ["office"], { upload: laid.upload })
  add("first", "laid before the employer, to be answered", ["employer"], { round: laid.round })

  const other = await addEmployer(otherOffice, { ...employerInput("999990044L01"), name: names.otherEmployer, email: null }, at)
  const [otherEmployeeId = ""] = await makePeople(otherOffice, other.employerId, [names.otherEmployee])
  add("second", "the other employer", ["otherOffice", "otherEmployer"], { employer: other.employerId })
  add("second", "the other employee", ["otherOffice", "otherEmployer", "otherEmployee"], { employee: otherEmployeeId })
  add("second", "delivered", ["otherOffice", "otherEmployer", "otherEmployee"], { file: await deliverTo(otherOffice, other.employerId, otherEmployeeId, 3) })
  add("second", "a draft of the other office", ["otherOffice"], await makeDraft(otherOffice, other.employerId, "hondsdraf.pdf"))

  const selfId = await asSystem("operate", (tx) => registerEmployer(tx, { ...employerInput("999990020L01"), name: names.selfRunning, email: null }, null, at))
  const selfRunning = await viewerFor("employer", selfId)
  add("third", "the employer without an office", ["selfRunning"], { employer: selfId })
  add("third", "its own draft", ["selfRunning"], await makeDraft(selfRunning, selfId, "leverbloem.pdf"))

  await chooseOffice(selfRunning, { clientNumber: otherOffice.username }, new Date())
  const { move } = await viewOfficeChoice(selfRunning)
  await confirmOffice(selfRunning, { moveId: move?.id ?? "" }, new Date())
  add("third", "asked to take it over", ["otherOffice"], { move: move?.id ?? "" })
  add("third", "asked an office to take it over", ["selfRunning"], { ownMove: move?.id ?? "" })

  const viewers: Record<Actor, Viewer> = {
    ...{ office, formerOffice, otherOffice, selfRunning },
    employer,
    otherEmployer: await viewerFor("employer", other.employerId),
    employee: await viewerFor("employee", employeeId),
    colleague: await viewerFor("employee", colleagueId),
    otherEmployee: await viewerFor("employee", otherEmployeeId),
  }
  add("first", "the employee's own", ["employee"], { file: await placeOwn(viewers.employee, names.employee, employerId, "Vlasbekje zelf.pdf") })
  add("first", "the employer's own", ["employer"], { file: await placeOwn(viewers.employer, names.employer, employerId, "Moerasandoorn zelf.pdf") })
  const own = (name: string, by = viewers.employee) => placeOwn(by, names.employee, employerId, name)
  const shared = await shareOn(viewers.employee, await own("Vlasbekje gedeeld.pdf"))
  add("first", "the employee's own, shared with the employer", ["employee", "employer"], { file: shared })
  const sharedOn = await shareOn(viewers.employee, await own("Vlasbekje verder.pdf"))
  add("first", "the employee's own, shared on by the employer", ["employee", "employer", "office"], { file: await shareOn(employer, sharedOn) })
  const stopped = await shareOn(employer, await shareOn(viewers.employee, await own("Vlasbekje gestopt.pdf")))
  await stopAll(viewers.employee, stopped)
  add("first", "the employee's own, shared on and stopped", ["employee"], { file: stopped })
  const third = await viewerFor("employee", thirdId)
  const binned = await shareOn(third, await own("Bosbes weg.pdf", third))
  await binFiles(third, { fileIds: [binned] })
  add("first", "another colleague's, shared with the employer and in the bin", [], { file: binned })
  for (const actor of actors) add(houseOf(actor), `the role of ${actor}`, [actor], { role: viewers[actor].partyId })
  const staff = { office: await addReader(office), employer: await addReader(employer), otherOffice: await addReader(otherOffice) }
  add("first", "a reader of the office", ["office"], { staff: staff.office.roleId })
  add("first", "a reader of the employer", ["employer"], { staff: staff.employer.roleId })
  add("second", "a reader of the other office", ["otherOffice"], { staff: staff.otherOffice.roleId })
  const connections = async (by: Viewer) => {
    const { keyId } = await makeKey(by, { name: "Pakket", scopes: ["employers:read"], clients: null, days: null }, at)
    const { webhookId } = await addWebhook(by, { url: "https://voorbeeld.test/haak", kinds: ["delivery.staged"] }, at)
    await pingWebhook(by, { webhookId }, at)
    return { key: keyId, webhook: webhookId, message: (await viewWebhook(by, { webhookId })).messages[0]?.id ?? "" }
  }
  add("first", "a key and a webhook of the office", ["office"], await connections(office))
  add("first", "a key and a webhook of the employer", ["employer"], await connections(employer))
  add("second", "a key and a webhook of the other office", ["otherOffice"], await connections(otherOffice))
  add("first", "a mail that did not arrive at the employee", ["office", "employer"], { mail: await failedMail(employeeId) })
  add("second", "a mail that did not arrive at the other employee", ["otherOffice", "otherEmployer"], { mail: await failedMail(otherEmployeeId) })
  const owners = [["first", "office", office, employerId], ["second", "otherOffice", otherOffice, other.employerId], ["third", "selfRunning", selfRunning, null]] as const
  for (const [house, who, by, of] of owners) add(house, `a back-up of ${who}`, [who], { backup: await makeBackup(by, of, Buffer.from("back-up"), { now: new Date() }) })
  const readers = { office: await cookieFor(staff.office), employer: await cookieFor(staff.employer) }
  const overviews = { cookie: await cookieFor(await addReader(employer, "overviews")), fileId }
  const cookies = await Promise.all(actors.map(async (actor) => [actor, await cookieFor(viewers[actor])] as const))
  return { viewers, things, readers, overviews, cookies: { ...noCookies, ...Object.fromEntries(cookies) } }
}

/** With whom somebody belongs. */
function houseOf(actor: Actor): string {
  if (actor === "selfRunning") return "third"
  return /^other/.test(actor) ? "second" : "first"
}

const noCookies: Record<Actor, string> = {
  ...{ office: "", formerOffice: "", otherOffice: "", employer: "", otherEmployer: "", selfRunning: "", employee: "", colleague: "", otherEmployee: "" },
}

function thingsIn(ids: Partial<Record<Thing, string>>): Thing[] {
  return (["employer", "employee", "delivery", "upload", "item", "file", "withdrawn", "role", "move", "ownMove", "staff", "key", "webhook", "message", "round", "backup", "mail"] as const).filter((what) => what in ids)
}

/** A session that was just begun, as its cookie. */
export async function cookieFor(viewer: { accountId: string; partyId: string; kind: PartyKind }): Promise<string> {
  const secret = await asSystem("sign-in", (tx) => beginSession(tx, { ...viewer, device: null }, new Date()))
  return `sessie=${await encode({ token: { sid: secret }, secret: keyFor("cookie").toString("base64url"), salt: "sessie" })}`
}

async function makeOffice(actor: Actor, clientNumber: string): Promise<Viewer> {
  const nowhere = { street: null, houseNumber: null, postcode: null, city: null, email: null, phone: null }
  const id = await asSystem("operate", (tx) => registerOffice(tx, { ...nowhere, name: names[actor], clientNumber }))
  return viewerFor("office", id, clientNumber)
}

/** Somebody who works for this viewer's party and may only look, at everything or at the overviews alone. */
async function addReader(by: Viewer, rank: "reader" | "overviews" = "reader"): Promise<{ roleId: string; accountId: string; partyId: string; kind: PartyKind }> {
  const email = `${rank}-${by.username.replace(/\W/g, "-")}@test.test`
  await addStaff(by, { name: "Lezer", email, rank, clients: null }, new Date())
  await asSystem("operate", (tx) => tx.account.updateMany({ where: { email }, data: { mayPutOffSecondStep: true } }))
  const role = await asSystem("operate", (tx) => tx.accountRole.findFirst({ where: { account: { email } }, select: { id: true, accountId: true } }))
  return { roleId: role?.id ?? "", accountId: role?.accountId ?? "", partyId: by.partyId, kind: by.kind }
}

async function makePeople(by: Viewer, employerId: string, who: readonly string[]): Promise<string[]> {
  const bsns = ["999967216", "999920960", ""]
  const rows = who.map((name, index) => `${index + 1};A;${name};16-04-1986;${bsns[index]};${name.toLowerCase()}@test.test`)
  await bringIn(by, employerId, "csv", new TextEncoder().encode(["nummer;voorletters;achternaam;geboortedatum;bsn;email", ...rows].join("\n")))
  const people = await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))
  return who.map((_name, index) => people.find((person) => person.number === String(index + 1))?.employeeId ?? "")
}

/** A payslip that was sent to one employee, or a series overview to the employer itself; returns the file's id. */
async function deliverTo(by: Viewer, employerId: string, employeeId: string | null, period: number): Promise<string> {
  const { delivery, item } = await makeDraft(by, employerId, `${employeeId ? "loonstrook" : "overzicht"}-${period}.pdf`)
  await assignItem(by, { itemId: item, kind: employeeId ? "payslip" : "series-overview", year: 2026, period, periodKind: "month", employeeId })
  await sendOff(by, delivery, new Date())
  const files = await asSystem("operate", (tx) => tx.dossierFile.findMany({ where: { deliveryId: delivery }, select: { id: true } }))
  return files[0]?.id ?? ""
}

async function placeOwn(viewer: Viewer, ownerName: string, employerId: string, name: string): Promise<string> {
  await placeOwnFile({ viewer, ownerName, employerId, name, mediaType: "application/pdf", bytes: await onePage(name), shareWith: null }, at)
  const files = await asSystem("operate", (tx) => tx.dossierFile.findMany({ where: { name }, select: { id: true } }))
  return files[0]?.id ?? ""
}

/** Shares a file with whoever stands next to this viewer first of all: an employer's office, an employee's employer. Returns its id. */
async function shareOn(viewer: Viewer, fileId: string): Promise<string> {
  const now = new Date()
  const { receivers } = await listReceivers(viewer, { fileIds: [fileId] }, now)
  await shareFiles(viewer, { fileIds: [fileId], receiverIds: receivers.slice(0, 1).map((one) => one.id), lastDay: null }, now)
  return fileId
}

async function withdraw(by: Viewer, fileId: string): Promise<{ file: string; withdrawn: string }> {
  await withdrawFile(by, { fileId, reason: "other" }, new Date())
  return { file: fileId, withdrawn: fileId }
}

async function stopAll(viewer: Viewer, fileId: string): Promise<void> {
  for (const { id } of (await viewSharing(viewer, { fileId })).shares) await endShare(viewer, { fileId, shareId: id })
}

import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import { mostPace } from "#policy/mailbox-pace.ts"
import { imapOf, mailboxPresets, presetFor, takesTokens, usernameFor, type PresetKey, type SignInBy } from "#policy/mailbox-presets.ts"
import { imapPortTrouble, isOwnMachine, mailHost, portTrouble, senderName, type MailboxServer, type MailSecurity } from "#policy/mailbox-server.ts"
import type { Viewer } from "#policy/viewer.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { recordEvents } from "../audit/record-event.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { deleteMailbox, findMailbox, findOwners, holdMailbox, holdParty, putMailbox, toView, updateMailbox, type MailboxRow } from "./mailbox-repository.ts"
import { sealPassword } from "./mailbox-secret.ts"
import type { MailboxView } from "./mailbox-views.ts"

/**
 * `provider`: a preset, "auto" for the one that the address belongs to, or "other" for the servers given here. Without a username it is the address; without a
 * password the one that is kept, as long as it goes to the same servers under the same name. `readsBounces`: mails that come back to it are read there, by IMAP.
 */
export type SaveMailboxInput = {
  address: string
  name: string
  provider: PresetKey | "auto" | "other"
  host: string
  port: number
  security: MailSecurity
  username: string
  signInBy: SignInBy
  password: string
  copyAs: "none" | "cc" | "bcc"
  copyTo: string
  perMinute: number
  perDay: number
  readsBounces: boolean
  imapHost: string
  imapPort: number
}

/** The mailbox of the viewer's office or business; null while there is none. Forbidden for who is not its owner. */
export async function viewMailbox(viewer: Viewer): Promise<MailboxView | null> {
  assertOwner(viewer)
  const row = await asViewer(viewer, (tx) => findMailbox(tx, viewer.partyId))
  return row ? toView(row) : null
}

/**
 * Sets up the mailbox of the viewer's office or business, and mails its owners. Another server (to send by or to read at), username or way to sign in asks the password again, and lets go
 * of tokens: a secret is shown to no other server than it was given for. A new one is off until its test mail arrived. Invalid with the field that is wrong; owners only.
 */
export async function saveMailbox(viewer: Viewer, input: SaveMailboxInput, now: Date): Promise<void> {
  assertOwner(viewer)
  const settings = settingsFrom(input)
  await asOwner(viewer, async (tx, before) => {
    const goesElsewhere = !before || (["host", "port", "security", "username", "signInBy"] as const).some((field) => before[field] !== settings[field])
    const isReadElsewhere = settings.imapHost !== null && (["imapHost", "imapPort"] as const).some((field) => before?.[field] !== settings[field])
    const isShownElsewhere = goesElsewhere || (isReadElsewhere && settings.imapHost !== settings.host && settings.imapHost !== imapOf(settings.host))
    const isNewSecret = settings.signInBy === "password" && input.password !== ""
    const secretSealed = isNewSecret ? sealPassword(viewer.partyId, input.password) : isShownElsewhere ? null : before.secretSealed
    if (settings.signInBy === "password" && !secretSealed) throw new Invalid("mailbox-password-needed", { field: "password" })
    const unproven = goesElsewhere || isNewSecret ? { provenAt: null } : {}
    const unread = goesElsewhere || isReadElsewhere || settings.imapHost === null ? { imapSeen: null, readingAt: null, readAt: null, readFailure: null } : { readingAt: null }
    await putMailbox(tx, viewer.partyId, { ...settings, secretSealed, ...afresh(before), ...unproven, ...unread }, now)
    await note(tx, viewer, "mailbox.saved", { server: goesElsewhere, secret: isNewSecret })
    await tellOwners(tx, viewer.partyId, now)
  })
}

/** Has mails go through the mailbox from now on, or by the portal again. Twice is harmless. Conflict "mailbox-not-proven" before a test mail arrived; NotFound without one; owners only. */
export async function switchMailbox(viewer: Viewer, input: { on: boolean }, now: Date): Promise<void> {
  await asOwner(viewer, async (tx, before) => {
    if (!before) throw new NotFound()
    if (before.isOn === input.on) return
    if (input.on && !before.provenAt) throw new Conflict("mailbox-not-proven")
    await updateMailbox(tx, viewer.partyId, { isOn: input.on, ...afresh(before) })
    await note(tx, viewer, input.on ? "mailbox.on" : "mailbox.off")
    await tellOwners(tx, viewer.partyId, now)
  })
}

/** Removes the mailbox with its password or tokens; mails that wait for it go by the next in line. NotFound when there is none; owners only. */
export async function removeMailbox(viewer: Viewer, now: Date): Promise<void> {
  await asOwner(viewer, async (tx) => {
    if (!(await deleteMailbox(tx, viewer.partyId))) throw new NotFound()
    await note(tx, viewer, "mailbox.removed")
    await tellOwners(tx, viewer.partyId, now)
  })
}

/** Changes the viewer's own mailbox, held. As the system, because no viewer may write it; so whether the viewer is an owner is asked again here. */
export async function asOwner<Result>(viewer: Viewer, work: (tx: Transaction, mailbox: MailboxRow | null) => Promise<Result>): Promise<Result> {
  assertOwner(viewer)
  return asSystem("mailbox", async (tx) => {
    await holdParty(tx, viewer.partyId)
    if (!(await findOwners(tx, viewer.partyId)).includes(viewer.accountId)) throw new Forbidden("owners-only")
    return work(tx, await holdMailbox(tx, viewer.partyId))
  })
}

/** What holds for a mailbox that is not as it was: nothing planned or failed for it counts any more. */
export function afresh(before: Pick<MailboxRow, "version"> | null) {
  return { version: (before?.version ?? 0) + 1, nextAt: null, failures: 0, failingSince: null, retryAt: null, toldAt: null, consentHash: null, consentSealed: null, consentSession: null, consentUntil: null }
}

/** Writes down what was done with a mailbox, in its party's chain. */
export async function note(tx: Transaction, { accountId, partyId }: Viewer, kind: EventKind, details: Readonly<Record<string, string | number | boolean>> = {}): Promise<void> {
  await recordEvents(tx, [{ chainId: partyId, kind, accountId, partyId, subjectId: partyId, details }])
}

/** Mails the owners of a party that its mailbox is not as it was. */
export async function tellOwners(tx: Transaction, partyId: string, now: Date): Promise<void> {
  for (const accountId of await findOwners(tx, partyId)) await tellOfChange(tx, accountId, "mailbox-changed", now)
}

function settingsFrom(input: SaveMailboxInput) {
  const address = normaliseEmailAddress(input.address)
  if (!address) throw new Invalid("email-invalid", { field: "address" })
  const name = senderName(input.name)
  if (!name) throw new Invalid("mailbox-name", { field: "name" })
  const preset = input.provider === "auto" ? presetFor(address) : input.provider === "other" ? null : input.provider
  const server = serverFrom(input, preset)
  const { signInBy } = input
  if (signInBy !== "password" && !takesTokens(signInBy, server.host) && !isOwnMachine(server.host)) throw new Invalid("mailbox-other-provider", { field: "signInBy" })
  const username = input.username.trim() || usernameFor(address, preset)
  const copyTo = input.copyAs === "none" ? null : normaliseEmailAddress(input.copyTo)
  if (input.copyAs !== "none" && !copyTo) throw new Invalid("email-invalid", { field: "copyTo" })
  for (const field of ["perMinute", "perDay"] as const) if (input[field] < 1 || input[field] > mostPace[field]) throw new Invalid("mailbox-pace", { field, most: mostPace[field] })
  const copyAs = input.copyAs === "none" ? null : input.copyAs
  return { address, name, ...server, ...imapFrom(input, server), username, signInBy, copyAs, copyTo, perMinute: input.perMinute, perDay: input.perDay }
}

function imapFrom(input: SaveMailboxInput, { host }: MailboxServer): { imapHost: string | null; imapPort: number | null } {
  if (!input.readsBounces) return { imapHost: null, imapPort: null }
  const known = imapOf(host)
  if (known) return { imapHost: known, imapPort: 993 }
  const loopback = { loopback: env().OUTGOING_LOOPBACK }
  const imapHost = mailHost(input.imapHost, loopback)
  if (!imapHost) throw new Invalid("mailbox-host", { field: "imapHost" })
  const trouble = imapPortTrouble({ host: imapHost, port: input.imapPort }, loopback)
  if (trouble) throw new Invalid(trouble, { field: "imapPort" })
  return { imapHost, imapPort: input.imapPort }
}

function serverFrom(input: SaveMailboxInput, preset: PresetKey | null): MailboxServer {
  if (preset) {
    if (input.signInBy === "password" && !mailboxPresets[preset].signInBy.some((one) => one === "password")) throw new Invalid("mailbox-no-passwords", { field: "signInBy" })
    return { ...mailboxPresets[preset].server }
  }
  const loopback = { loopback: env().OUTGOING_LOOPBACK }
  if (input.provider === "auto" && input.host.trim() === "") throw new Invalid("mailbox-provider-unknown", { field: "host" })
  const host = mailHost(input.host, loopback)
  if (!host) throw new Invalid("mailbox-host", { field: "host" })
  const trouble = portTrouble({ host, port: input.port }, loopback)
  if (trouble) throw new Invalid(trouble, { field: "port" })
  return { host, port: input.port, security: input.security }
}

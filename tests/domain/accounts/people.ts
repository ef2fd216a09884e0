import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { invite } from "#domain/invitations/change-access.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { beginCodeApp, confirmCodeApp, viewCodeAppSetUp } from "#domain/second-steps/code-app.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { bringIn, goodPassword, sessionOf, today } from "../../support/house.ts"
import { codeFor } from "../../support/totp.ts"

/** The date of birth of everybody here, as payroll has it. */
export const bornOn = "1986-04-16"

/** Brings people into an employer, each with the address of its name; returns their ids by name. */
export async function bringInPeople(office: Viewer, employerId: string, names: readonly string[], birthDate = "16-04-1986"): Promise<Map<string, string>> {
  const rows = names.map((name, index) => `${index + 1};A;${name};${birthDate};${name.toLowerCase()}@werk.test`)
  await bringIn(office, employerId, "csv", new TextEncoder().encode(["nummer;voorletters;achternaam;geboortedatum;email", ...rows].join("\n")))
  const people = await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))
  return new Map(names.map((name, index) => [name, people.find(({ number }) => number === String(index + 1))?.employeeId ?? ""]))
}

/** The newest account of a party's own, with its username. */
export async function accountOf(partyId: string): Promise<{ id: string; username: string }> {
  const role = await asSystem("operate", (tx) => tx.accountRole.findFirst({ where: { partyId, endedAt: null }, orderBy: { id: "desc" }, select: { account: { select: { id: true, username: true } } } }))
  return role?.account ?? { id: "", username: "" }
}

/** What stands in the newest mail of a kind to an account. */
export async function newestToken(kind: string, accountId: string): Promise<string> {
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind, accountId }, orderBy: { id: "desc" }, select: { id: true } }))
  return (mail && (await openMail(mail.id))?.token) ?? ""
}

/** To which addresses an account was mailed of a change, in alphabetical order. */
export async function toldOf(accountId: string, what: string): Promise<string[]> {
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "account-changed", accountId }, select: { id: true, toAddress: true } }))
  const opened = await Promise.all(mails.map(async ({ id, toAddress }) => ((await openMail(id))?.token === what ? [toAddress] : [])))
  return opened.flat().toSorted()
}

/** Asks a link to choose a password for an account, as its mail tells it. */
export async function linkFor({ id, username }: { id: string; username: string }, at = today): Promise<string> {
  await askPasswordLink({ username }, at)
  return newestToken("password-link", id)
}

/** Invites a party and takes the link that its mail leads to. */
export async function invitedLink(by: Viewer, partyId: string, at = today): Promise<string> {
  await invite(by, { partyId }, at)
  return linkFor(await accountOf(partyId), at)
}

/** Chooses a first password by a link, and stands inside. */
export async function enterBy(token: string, username: string, proof: string | null = bornOn, at = today): Promise<Inside> {
  return insideWith(sessionOf(await choosePassword({ token, proof, username, password: goodPassword, device: null }, at)), at)
}

export type Inside = { secret: string; viewer: Viewer }

/** The viewer behind a session. */
export async function insideWith(secret: string, at = today): Promise<Inside> {
  const viewer = await checkSession(secret, at)
  if (!viewer) throw new Error("not inside")
  return { secret, viewer }
}

/** Signs in with the password that is good enough for everybody. */
export async function inside(username: string, at = today): Promise<Inside> {
  return insideWith(sessionOf(await signIn({ username, password: goodPassword, device: null }, at)), at)
}

/** Sets up a code app; returns its secret. The code of `today` is still good. */
export async function withCodeApp(viewer: Viewer): Promise<string> {
  await beginCodeApp(viewer, today)
  const secret = (await viewCodeAppSetUp(viewer, today))?.secret ?? ""
  await confirmCodeApp(viewer, { code: codeFor(secret, today, { away: -1 }) }, today)
  return secret
}

/** What became of it: "done", or the code of the refusal. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => "done", (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)))
}

"use server"

import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { removeMailbox, saveMailbox, switchMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { beginConsent, disconnectMailbox, finishConsent } from "#domain/mailboxes/connect-mailbox.ts"
import { sendTestMail } from "#domain/mailboxes/send-test-mail.ts"
import { sendWaiting } from "#domain/mailboxes/send-waiting.ts"
import { now } from "#platform/clock.ts"
import { isPresetKey, SIGN_IN_BY, type PresetKey } from "#policy/mailbox-presets.ts"
import { MAIL_SECURITIES } from "#policy/mailbox-server.ts"
import type { Viewer } from "#policy/viewer.ts"

const kinds = ["office", "employer"] as const
const here = (viewer: Viewer) => `${homeOf[viewer.kind]}/koppelingen/mailbox`
const nothing = z.object({})
const number = (code: string) => z.string().regex(/^\d{1,6}$/, code).transform(Number)

const settings = z.object({
  address: z.string().trim().min(1, "field-empty").max(254, "email-invalid"),
  name: z.string().trim().min(1, "field-empty").max(100, "mailbox-name"),
  provider: z.union([z.enum(["auto", "other"]), z.custom<PresetKey>((given) => typeof given === "string" && isPresetKey(given))]),
  host: z.string().max(253, "mailbox-host").default(""),
  port: number("mailbox-port"),
  security: z.enum(MAIL_SECURITIES),
  username: z.string().max(254, "invalid").regex(/^\P{Cc}*$/u, "invalid").default(""),
  signInBy: z.enum(SIGN_IN_BY),
  password: z.string().max(500, "invalid").default(""),
  copyAs: z.enum(["none", "cc", "bcc"]),
  copyTo: z.string().max(254, "email-invalid").default(""),
  perMinute: number("invalid"),
  perDay: number("invalid"),
  readsBounces: z.enum(["yes", "no"]).default("no"),
  imapHost: z.string().max(253, "mailbox-host").default(""),
  imapPort: number("mailbox-imap-port").default(993),
})

/** What came of a test mail, in sentences. */
export type TestOutcome = { isGood: boolean; title: string; steps: string[]; next: string | null; said: string | null }

/** "Bewaar". */
export const saveMailboxAction = confirmedActionFor(kinds, here, settings, async (viewer, { readsBounces, ...input }): Promise<void> => {
  await saveMailbox(viewer, { ...input, readsBounces: readsBounces === "yes" }, now())
  redirect(`${here(viewer)}?gedaan=bewaard`)
})

/** "Zet aan" and "Zet uit". */
export const switchMailboxAction = confirmedActionFor(kinds, here, z.object({ on: z.enum(["yes", "no"]) }), async (viewer, { on }): Promise<void> => {
  await switchMailbox(viewer, { on: on === "yes" }, now())
  redirect(`${here(viewer)}?gedaan=${on === "yes" ? "aan" : "uit"}`)
})

/** "Verzend nu". */
export const sendWaitingAction = confirmedActionFor(kinds, here, nothing, async (viewer): Promise<void> => {
  await sendWaiting(viewer)
  redirect(`${here(viewer)}?gedaan=verzonden`)
})

/** "Verwijder". */
export const removeMailboxAction = confirmedActionFor(kinds, here, nothing, async (viewer): Promise<void> => {
  await removeMailbox(viewer, now())
  redirect(`${here(viewer)}?gedaan=weg`)
})

/** "Verzend testmail": tells step by step how that went. */
export const testMailboxAction = confirmedActionFor(kinds, here, nothing, async (viewer): Promise<TestOutcome> => {
  const t = await getTranslations("mailbox")
  const { steps, trouble, said } = await sendTestMail(viewer, { subject: t("testSubject"), text: t("testText") }, now())
  const title = trouble ? t(`troubles.${trouble}.what`) : t("testGood")
  return { isGood: trouble === null, title, steps: steps.map(({ step, detail }) => t(`steps.${step}`, { detail: detail ?? "" })), next: trouble && t(`troubles.${trouble}.next`), said: said && t("said", { said }) }
})

/** "Verbind": where to go to give consent. */
export const connectMailboxAction = confirmedActionFor(kinds, here, nothing, async (viewer) => {
  const { address } = await beginConsent(viewer, now())
  return address
})

/** "Rond af". */
export const finishConsentAction = confirmedActionFor(kinds, here, z.object({ stateToken: z.string().max(500), codeToken: z.string().max(5000) }), async (viewer, { stateToken, codeToken }): Promise<void> => {
  await finishConsent(viewer, { state: stateToken, code: codeToken }, now())
  redirect(`${here(viewer)}?gedaan=verbonden`)
})

/** "Vergeet de toestemming". */
export const disconnectMailboxAction = confirmedActionFor(kinds, here, nothing, async (viewer): Promise<void> => {
  await disconnectMailbox(viewer, now())
  redirect(`${here(viewer)}?gedaan=vergeten`)
})

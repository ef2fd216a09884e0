"use server"

import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { choosePayslipPassword, refusePayslipMails } from "#domain/payslip-mails/own-mails.ts"
import { allowPayslipMails, renewPayslipPassword, switchPayslipMailsOff, switchPayslipMailsOn } from "#domain/payslip-mails/switch-mails.ts"
import { now } from "#platform/clock.ts"

const senders = ["office", "employer"] as const
const person = z.object({ employeeId: z.uuid() })

/** "Sta toe" and "Sta niet meer toe". */
export const allowPayslipMailsAction = actionFor(senders, z.object({ employerId: z.uuid(), allow: z.enum(["yes", "no"]), sure: z.literal("yes").optional() }), async (viewer, { employerId, allow, sure }): Promise<void> => {
  await allowPayslipMails(viewer, { employerId, allow: allow === "yes", isSure: sure === "yes" }, now())
})

/** "Zet aan" for one person: gives what opens the files, this once; "" where there was something. */
export const switchPayslipMailsOnAction = actionFor(senders, person, async (viewer, input) => (await switchPayslipMailsOn(viewer, input, now())) ?? "")

/** "Zet uit" for one person. */
export const switchPayslipMailsOffAction = actionFor(senders, person, async (viewer, input): Promise<void> => {
  await switchPayslipMailsOff(viewer, input)
})

/** "Nieuw wachtwoord": gives it, this once. */
export const renewPayslipPasswordAction = actionFor(senders, person, async (viewer, input) => renewPayslipPassword(viewer, input, now()))

/** An employee's own yes or no. */
export const refusePayslipMailsAction = actionFor(["employee"], z.object({ refuse: z.enum(["yes", "no"]) }), async (viewer, { refuse }): Promise<void> => {
  await refusePayslipMails(viewer, { refuse: refuse === "yes" }, now())
})

/** An employee's own password for the files. */
export const choosePayslipPasswordAction = actionFor(["employee"], z.object({ password: z.string().max(500, "payslip-password-short") }), async (viewer, input): Promise<void> => {
  await choosePayslipPassword(viewer, input, now())
})

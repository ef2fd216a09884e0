import { remindApprovers } from "#domain/approvals/remind-approvers.ts"
import { sweepBounces } from "#domain/bounces/dead-address.ts"
import { giveUpMail } from "#domain/mails/close-mail.ts"
import { remindUnread } from "#domain/accounts/remind-unread.ts"
import { tellOfRecall } from "#domain/accounts/tell-of-recall.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { giveUpReading, giveUpSending } from "#domain/deliveries/give-up.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { publishDelivery, publishDue } from "#domain/deliveries/release-delivery.ts"
import { checkBackup, queueChecks } from "#domain/package-backups/check-backups.ts"
import { letFormerGo } from "#domain/package-backups/let-former-go.ts"
import { finishBackup } from "#domain/package-backups/finish-backup.ts"
import { remindMissed } from "#domain/package-backups/remind-missed.ts"
import { sweepBackups } from "#domain/package-backups/sweep-backups.ts"
import { queueOlderTexts, readOlderTexts } from "#domain/search/read-older-texts.ts"
import { readTexts } from "#domain/search/read-texts.ts"
import { sweepRequests } from "#domain/api-keys/remember-request.ts"
import { sweepAttempts } from "#domain/attempts/limit-tries.ts"
import { sweepBin } from "#domain/sharing/sweep-bin.ts"
import { sweepStorage } from "#domain/sweep/sweep-storage.ts"
import { sweepUploads } from "#domain/sweep/sweep-uploads.ts"
import { sweepWebhooks } from "#domain/webhooks/open-message.ts"
import { now } from "#platform/clock.ts"
import { closeDatabase } from "#platform/database.ts"
import { log } from "#platform/log.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue, startWorker } from "#platform/queue.ts"
import { readBounces } from "./read-bounces.ts"
import { readMailboxes } from "./read-mailboxes.ts"
import { sendQueuedMail } from "./send-mail.ts"
import { sendWebhook } from "./send-webhook.ts"

const worker = await startWorker((where, error) => log().error({ err: error, where }, "a job failed"))

await worker.work("read-upload", 2, readUpload)
await worker.work("send-delivery", 2, (payload) => deliver(payload, now()))
await worker.work("give-up-reading", 1, giveUpReading)
await worker.work("publish-delivery", 1, (payload) => publishDelivery(payload, now()))
await worker.work("watch-deliveries", 1, async () => {
  await publishDue(now())
  await remindApprovers(now())
})
await worker.everyMinute("watch-deliveries")
await worker.work("give-up-sending", 1, (payload) => giveUpSending(payload, now()))
await worker.work("send-mail", 20, sendQueuedMail)
await worker.work("give-up-mail", 5, (payload) => giveUpMail(payload, now()))
await worker.work("read-bounces", 1, readBounces)
await worker.everyMinute("read-bounces")
await worker.work("read-mailboxes", 1, readMailboxes)
await worker.everyMinute("read-mailboxes")
await worker.work("tell-of-recall", 5, (payload) => tellOfRecall(payload, now()))
await worker.work("remind-unread", 1, async () => log().info({ reminded: await remindUnread(now()) }, "reminded of what is unread"))
await worker.everyNight("remind-unread", "30 8 * * *")
await worker.work("finish-backup", 1, (payload) => finishBackup(payload, now()))
await worker.work("check-backup", 1, async (payload) => {
  if ((await checkBackup(payload, now())) === "damaged") log().error({ backupId: payload.backupId }, "a stored back-up is damaged")
})
await worker.work("watch-backups", 1, async () => {
  log().info({ queued: await queueChecks(now()) }, "back-ups to be read whole")
  log().info({ mailed: await remindMissed(now()) }, "told of back-ups that did not come")
  log().info(await letFormerGo(now()), "told of back-ups of clients that left, and let go of those whose time was over")
})
await worker.everyNight("watch-backups", "45 1 * * *")
await worker.work("send-webhook", 20, sendWebhook)
await worker.work("read-text", 1, readTexts)
await worker.work("read-older-texts", 1, readOlderTexts)
await queueOlderTexts()
await worker.work("sweep-storage", 1, async () => {
  log().info({ binned: await sweepBin(now()) }, "bin emptied of what was there for thirty days")
  log().info({ removed: (await sweepStorage(now())) + (await sweepUploads(now())) + (await sweepBackups(now())) }, "storage swept")
  log().info({ messages: await sweepWebhooks(now()) }, "old messages to webhooks forgotten")
  log().info({ attempts: await sweepAttempts(now()) }, "old wrong tries forgotten")
  log().info({ bounces: await sweepBounces(now()) }, "old reports of returned mail forgotten")
  log().info({ requests: await sweepRequests(now()) }, "old requests of programs forgotten")
})
await worker.everyNight("sweep-storage", "30 3 * * *")
log().info("worker ready")

let stopping = false
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop)

/** Lets running jobs finish; what is not finished in time is taken over by another worker. */
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await worker.stop()
  await Promise.all([closeQueue(), closeDatabase()])
  closeMailer()
  process.exit(0)
}

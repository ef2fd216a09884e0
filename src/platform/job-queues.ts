/**
 * The background jobs, by name. A payload holds ids, never content. A job whose worker stops answering for ten seconds
 * (killed, machine gone) is given to another one; a job that keeps failing ends in "failed", is visible to the operator, and
 * goes to its `deadLetter`, which stands above it here because it has to exist first.
 */
export const jobQueues = {
  "give-up-reading": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "give-up-sending": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "read-upload": { deadLetter: "give-up-reading", retryLimit: 3, retryDelay: 2, retryBackoff: true, expireInSeconds: 15 * 60, notify: true },
  "send-delivery": { deadLetter: "give-up-sending", retryLimit: 10, retryDelay: 2, retryBackoff: true, expireInSeconds: 15 * 60, notify: true },
  "publish-delivery": { retryLimit: 10, retryDelay: 2, retryBackoff: true, expireInSeconds: 120, notify: true },
  "watch-deliveries": { retryLimit: 2, retryDelay: 10, expireInSeconds: 300, policy: "stately" },
  "give-up-mail": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "send-mail": { deadLetter: "give-up-mail", retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "read-bounces": { retryLimit: 0, expireInSeconds: 300, policy: "stately" },
  "read-mailboxes": { retryLimit: 0, expireInSeconds: 600, policy: "stately" },
  "tell-of-recall": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "remind-unread": { retryLimit: 5, retryDelay: 60, retryBackoff: true, expireInSeconds: 3600 },
  "send-webhook": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "read-text": { retryLimit: 5, retryDelay: 10, retryBackoff: true, expireInSeconds: 15 * 60 },
  "read-older-texts": { retryLimit: 20, retryDelay: 10, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 15 * 60, policy: "stately" },
  "finish-backup": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 3600, notify: true },
  "check-backup": { retryLimit: 3, retryDelay: 600, retryBackoff: true, expireInSeconds: 3600 },
  "watch-backups": { retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 },
  "sweep-storage": { retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 },
} as const

export type JobPayloads = {
  "give-up-reading": { uploadId: string }
  "give-up-sending": { deliveryId: string }
  "read-upload": { uploadId: string }
  "send-delivery": { deliveryId: string }
  "publish-delivery": { deliveryId: string }
  "watch-deliveries": Record<string, never>
  "give-up-mail": { mailId: string }
  "read-bounces": Record<string, never>
  /** `turn`: the edition of the mailbox through which it has its turn now. `tries`: how often an own mailbox's server said "later" to it. */
  "send-mail": { mailId: string; turn?: string; tries?: number }
  "read-mailboxes": Record<string, never>
  "tell-of-recall": { fileId: string; what: "file-withdrawn" | "file-replaced" } | { deliveryId: string; what: "file-withdrawn" }
  "remind-unread": Record<string, never>
  "send-webhook": { messageId: string }
  "read-text": { fileIds: readonly string[] }
  "read-older-texts": Record<string, never>
  "finish-backup": { backupId: string }
  "check-backup": { backupId: string }
  "watch-backups": Record<string, never>
  "sweep-storage": Record<string, never>
}

export type JobName = keyof JobPayloads

/** The queues in the order in which they are made. */
export const jobNames = Object.keys(jobQueues).filter(isJobName)

function isJobName(name: string): name is JobName {
  return name in jobQueues
}

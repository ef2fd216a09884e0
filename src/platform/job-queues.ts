/**
 * The background jobs, by name. A payload holds ids, never content. A job whose worker stops answering for ten seconds
 * (killed, machine gone) is given to another one; a job that keeps failing ends in "failed" and is visible to the operator.
 */
export const jobQueues = {
  "read-upload": { retryLimit: 3, retryDelay: 2, retryBackoff: true, expireInSeconds: 15 * 60, notify: true },
  "send-delivery": { retryLimit: 10, retryDelay: 2, retryBackoff: true, expireInSeconds: 15 * 60, notify: true },
  "send-mail": { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120, notify: true },
  "sweep-storage": { retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 },
} as const

export type JobPayloads = {
  "read-upload": { uploadId: string }
  "send-delivery": { deliveryId: string }
  "send-mail": { mailId: string }
  "sweep-storage": Record<string, never>
}

export type JobName = keyof JobPayloads

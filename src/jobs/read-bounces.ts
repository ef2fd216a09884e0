import { takeBounce } from "#domain/bounces/take-bounce.ts"
import { readBounceMailbox } from "#integrations/bounces/bounce-mailbox.ts"
import { now } from "#platform/clock.ts"
import { env } from "#platform/env.ts"

/** Takes in what came back to the mailbox for it; nothing where there is none. Running twice, or two at once, is harmless. */
export async function readBounces(): Promise<void> {
  const { BOUNCE_IMAP_URL } = env()
  if (BOUNCE_IMAP_URL) await readBounceMailbox(BOUNCE_IMAP_URL, async (raw) => (await takeBounce(raw, now())) !== "other", now())
}

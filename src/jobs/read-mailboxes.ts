import { takeReturned } from "#domain/bounces/take-bounce.ts"
import { mailboxesToRead, noteMailboxRead } from "#domain/mailboxes/read-mailbox.ts"
import { readReports } from "#integrations/bounces/own-mailbox.ts"
import { now } from "#platform/clock.ts"
import { sideBySide } from "#platform/side-by-side.ts"

const atOnce = 5

/** Takes in what came back to own mailboxes that are read for it. Running twice, or two at once, is harmless. */
export async function readMailboxes(): Promise<void> {
  await sideBySide(await mailboxesToRead(now()), atOnce, async (box) => {
    await noteMailboxRead(box, await readReports(box, (raw) => takeReturned(raw, box, now())), now())
  })
}

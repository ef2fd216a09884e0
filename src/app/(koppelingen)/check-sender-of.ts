import { answerTo } from "#auth/answers.ts"
import { checkSender, type SenderCheck } from "#domain/senders/check-sender.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"

/** What a page of a sender's domain shows: what came of the check, the sentence of why it could not be done, or null while nothing was asked. */
export async function checkSenderOf(viewer: Viewer, { domain, server, selector }: { domain: string; server: string; selector: string }): Promise<SenderCheck | string | null> {
  if (domain === "") return null
  try {
    return await checkSender(viewer, { domain, server: server || null, selector: selector || null })
  } catch (error) {
    if (error instanceof Invalid || error instanceof Conflict) return (await answerTo(error)).sentence
    throw error
  }
}

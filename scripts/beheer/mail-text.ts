import { readFile } from "node:fs/promises"
import { z } from "zod"
import { changeOperatorText, viewOperatorText } from "#domain/mail-texts/operator-text.ts"
import { catalogueWords } from "#messages/mail-texts.ts"
import { Invalid } from "#policy/errors.ts"
import { isTextKind, TEXT_KINDS } from "#policy/mail-texts.ts"

const shape = z.object({ onderwerp: z.string(), boven: z.string(), onder: z.string() })

/**
 * What the mails of the whole portal say where no office or employer has words of its own: names the mails, shows the words of one as they stand in a file, takes
 * them from a file, or with "herstel" takes them away. Returns what to say.
 */
export async function mailText([kind = "", locale = "", from]: readonly string[], now: Date): Promise<string> {
  if (kind === "") return TEXT_KINDS.join("\n")
  if (!isTextKind(kind) || (locale !== "nl" && locale !== "en")) throw new Invalid("mail-text-unknown")
  const which = { kind, locale } as const
  if (from === undefined) {
    const { subject, before, after } = (await viewOperatorText(which)) ?? catalogueWords(kind, locale)
    return JSON.stringify({ onderwerp: subject, boven: before, onder: after }, null, 2)
  }
  await changeOperatorText(which, from === "herstel" ? null : await wordsIn(from), now)
  return from === "herstel" ? "De mail heeft weer de tekst van het portaal." : "De tekst is bewaard."
}

async function wordsIn(path: string) {
  const { data } = shape.safeParse(await readFile(path, "utf8").then(JSON.parse).catch(() => null))
  if (!data) throw new Invalid("mail-text-file")
  return { subject: data.onderwerp, before: data.boven, after: data.onder }
}

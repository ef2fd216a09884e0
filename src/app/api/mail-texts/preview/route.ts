import { getTranslations } from "next-intl/server"
import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { viewMailText } from "#domain/mail-texts/view-texts.ts"
import { shownLetter } from "#mail/letter.ts"
import { written } from "#mail/written.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import { keptWords, TEXT_KINDS, type MailWords } from "#policy/mail-texts.ts"
import type { Viewer } from "#policy/viewer.ts"

const kinds = ["office", "employer"] as const
const shape = z.object({ mail: z.enum(TEXT_KINDS), taal: z.enum(["nl", "en"]), als: z.enum(["html", "tekst"]).default("html") })
const typed = z.object({ subject: z.string(), before: z.string(), after: z.string() })
const mostBytes = 100_000
const headers = {
  "Cache-Control": "private, no-store",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
}

/** A mail as it goes out now, for the frame on the page where its words are changed. No script runs in it and it loads nothing. */
export const GET = routeFor(kinds, shape, async (viewer, input) => shown(viewer, input, null))

/** The same in words that were typed and not kept; what cannot go into a mail is refused as it is on saving. */
export const POST = routeFor(
  kinds,
  shape,
  async (viewer, input, request) => {
    const announced = Number(request.headers.get("content-length") ?? "")
    if (!Number.isSafeInteger(announced) || announced <= 0 || announced > mostBytes) throw new Invalid("invalid")
    const { data } = typed.safeParse(Object.fromEntries(await request.formData()))
    if (!data) throw new Invalid("invalid")
    return shown(viewer, input, data)
  },
  { changes: false },
)

async function shown(viewer: Viewer, { mail: kind, taal: locale, als }: z.output<typeof shape>, given: MailWords | null): Promise<Response> {
  if (viewer.rank !== "owner") throw new NotFound()
  const { texts, employer, office, url } = await viewMailText(viewer, { kind })
  const t = await getTranslations("mailTexts")
  const words = given ? keptWords(kind, given) : texts[locale].words
  const letter = written({ kind, locale, words, employer: employer ?? t("sampleEmployer"), office, username: t("sampleUsername"), url })
  const { html, text } = shownLetter(letter, t("subject"))
  return new Response(als === "html" ? html : text, { headers: { ...headers, "Content-Type": `text/${als === "html" ? "html" : "plain"}; charset=utf-8` } })
}

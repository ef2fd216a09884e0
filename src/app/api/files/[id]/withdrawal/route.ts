import { getTranslations } from "next-intl/server"
import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { viewWithdrawal } from "#domain/files/view-recall.ts"
import { contentDisposition } from "#policy/file-name.ts"
import { withdrawalText } from "#ui/recall-words.ts"

/** What the sender of a withdrawn file needs for its data-breach file, as plain text. */
export const GET = routeFor(["office", "employer"], z.object({ id: z.uuid() }), async (viewer, { id }) => {
  const t = await getTranslations()
  const text = withdrawalText(t, await viewWithdrawal(viewer, { fileId: id }))
  return new Response(text, {
    headers: {
      "Cache-Control": "private, no-store",
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": contentDisposition("attachment", t("recall.fileName")),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
    },
  })
})

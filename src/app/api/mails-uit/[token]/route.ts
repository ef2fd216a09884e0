import { z } from "zod"
import { publicRoute } from "#auth/route-door.ts"
import { switchMailsOff } from "#domain/mails/switch-off.ts"

const shape = z.object({ token: z.string().max(100) })
const headers = { "Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'" }

/** What a mail program opens: a page with a button. Looking switches nothing off, as scanners look too. */
export const GET = publicRoute(shape, async ({ token }) => new Response(null, { status: 303, headers: { ...headers, Location: `/mails-uit?${new URLSearchParams({ code: token })}` } }))

/** What a mail program sends when its button is pressed (RFC 8058): no session, no cookie, no origin. */
export const POST = publicRoute(shape, async (input) => {
  await switchMailsOff(input)
  return new Response(null, { status: 200, headers })
})

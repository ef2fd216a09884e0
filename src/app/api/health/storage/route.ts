import { isStorageThere } from "#domain/storage-place/storage-there.ts"

/** Says whether the place for files is the portal's own and answers: 200, else 503. No reason is given to the outside. */
export async function GET(): Promise<Response> {
  const there = await isStorageThere().catch(() => false)
  return Response.json({ status: there ? "ok" : "unavailable" }, { status: there ? 200 : 503, headers: { "Cache-Control": "no-store" } })
}

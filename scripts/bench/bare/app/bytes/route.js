export const dynamic = "force-dynamic"

const bytes = new Uint8Array(60_000).fill(65)

export function GET() {
  return new Response(bytes, { headers: { "Content-Type": "application/pdf", "Content-Length": String(bytes.length) } })
}

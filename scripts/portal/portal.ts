import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { buildPages, copyStatic, generateClient, migrateWhenChanged, run, stopRuns } from "./build.ts"
import { startChild } from "./child.ts"
import type { Child } from "./child.ts"
import { fillOnce, mustFill } from "./demo.ts"
import type { DemoAccount } from "./demo.ts"
import { startPostgres } from "./postgres.ts"
import type { Postgres } from "./postgres.ts"
import { firstFreePort } from "./ports.ts"
import { until } from "./processes.ts"
import { assertNotRunning, forgetRunning, writeRunning } from "./running.ts"
import { secretsOf } from "./secrets.ts"
import type { Settings } from "./settings.ts"
import { step, Stopped } from "./steps.ts"

export type Ready = { url: string; inboxUrl: string | undefined; accounts: DemoAccount[] }

const inboxPorts = z.object({ web: z.number(), smtp: z.number() })
const patienceForReady = 60_000
/** What a page makes is gone when it is sent. With 32 MB for such short-lived things, sweeping them up costs a third of what it costs with the default. */
const roomForYoung = "--max-semi-space-size=32"
/** Some hundreds of people that a file is shared with, chosen one by one, stand in one address. */
const roomForAddresses = "--max-http-header-size=65536"

/** A portal on one data folder: its database, inbox, worker and pages, started in that order and stopped the other way round. */
export class Portal {
  readonly #settings: Settings
  readonly #onBroken: (reason: string) => void
  readonly #children = new Map<string, Child>()
  #postgres: Postgres | undefined
  #watch: NodeJS.Timeout | undefined
  #environment: Record<string, string> = {}
  #url = ""
  #inboxUrl: string | undefined
  #isStopping = false
  #isOwner = false
  #starting: Promise<Ready> | undefined

  /** `onBroken` is called when a part dies and cannot be brought back. Nothing runs yet. */
  constructor(settings: Settings, onBroken: (reason: string) => void) {
    this.#settings = settings
    this.#onBroken = onBroken
  }

  /** Builds what changed, starts everything, and returns when the pages answer. Throws Stopped with a sentence for the reader. */
  start(): Promise<Ready> {
    return (this.#starting ??= this.#startAll())
  }

  /** Stops pages, worker, inbox and database, in that order. Also when the start was only half way. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#watch)
    stopRuns()
    await this.#starting?.catch(() => undefined)
    for (const name of ["web", "worker", "inbox"]) await this.#children.get(name)?.stop()
    await this.#postgres?.stop()
    if (this.#isOwner) forgetRunning(this.#settings.data)
  }

  async #startAll(): Promise<Ready> {
    const { data, root, isDevelopment } = this.#settings
    for (const folder of [data, join(data, "log")]) mkdirSync(folder, { recursive: true, mode: 0o700 })
    await assertNotRunning(data)
    this.#isOwner = true
    this.#remember()
    await generateClient(root)
    await (isDevelopment ? copyStatic(root) : buildPages(root))
    const [{ databaseUrl, masterKey, pepper }, smtpUrl] = await step("Postgres en postvak starten", () => both(this.#startDatabase(), this.#startInbox()))
    this.#url = `http://localhost:${await firstFreePort(this.#settings.ports.web)}`
    this.#environment = { ...this.#environmentFor(databaseUrl, masterKey, smtpUrl), ...(pepper ? { PASSWORD_PEPPER: pepper } : {}) }
    const accounts = await this.#prepareDatabase()
    await step("Pagina's en worker starten", () => this.#startPages())
    return { url: this.#url, inboxUrl: this.#inboxUrl, accounts }
  }

  async #startDatabase(): Promise<{ databaseUrl: string; masterKey: string; pepper: string | undefined }> {
    const { databaseUrl, masterKey, data, ports } = this.#settings
    const own = process.env.PASSWORD_PEPPER || undefined
    if (databaseUrl && masterKey) return { databaseUrl, masterKey, pepper: own }
    const secrets = secretsOf(data)
    const start = (port: number) => startPostgres(join(data, "postgres"), secrets.DATABASE_PASSWORD, port)
    const postgres = await start(ports.postgres)
    this.#postgres = postgres
    this.#watch = setInterval(() => void this.#reviveDatabase(start), 1000)
    return { databaseUrl: postgres.url, masterKey: masterKey ?? secrets.MASTER_KEY, pepper: own ?? secrets.PASSWORD_PEPPER }
  }

  async #reviveDatabase(start: (port: number) => Promise<Postgres>): Promise<void> {
    const before = this.#postgres
    if (this.#isStopping || !before || before.isAlive()) return
    this.#postgres = undefined
    try {
      const again = await start(before.port)
      this.#postgres = again
      if (again.port !== before.port) this.#onBroken("Postgres is gestopt en zijn poort is nu van een ander.")
    } catch (error) {
      this.#onBroken(`Postgres is gestopt en start niet opnieuw. ${error instanceof Error ? error.message : ""}`)
    }
  }

  async #startInbox(): Promise<string> {
    const { data, root, ports, smtpUrl } = this.#settings
    if (smtpUrl) return smtpUrl
    let known: z.infer<typeof inboxPorts> | undefined
    const env = { ...process.env, INBOX_FOLDER: join(data, "mails"), INBOX_PORT: `${ports.inbox}`, SMTP_PORT: `${ports.smtp}` }
    const onMessage = (message: unknown) => {
      known = inboxPorts.parse(message)
      Object.assign(env, { INBOX_PORT: `${known.web}`, SMTP_PORT: `${known.smtp}` })
    }
    this.#startChild("inbox", [join(root, "scripts/inbox/main.ts")], env, onMessage)
    await this.#waitFor("inbox", () => known !== undefined)
    if (!known) throw new Stopped("Het postvak start niet.")
    this.#inboxUrl = `http://localhost:${known.web}`
    return `smtp://127.0.0.1:${known.smtp}`
  }

  #environmentFor(databaseUrl: string, masterKey: string, smtpUrl: string): Record<string, string> {
    const { data, isDevelopment } = this.#settings
    return {
      NODE_ENV: isDevelopment ? "development" : "production",
      DATABASE_URL: databaseUrl,
      MASTER_KEY: masterKey,
      SMTP_URL: smtpUrl,
      STORAGE: process.env.STORAGE || `folder:${join(data, "files")}`,
      ...this.#addressOfPages(),
    }
  }

  #addressOfPages(): Record<string, string> {
    return { PORT: new URL(this.#url).port, PUBLIC_URL: process.env.PUBLIC_URL || this.#url }
  }

  async #prepareDatabase(): Promise<DemoAccount[]> {
    const { data, root, withDemo } = this.#settings
    const fill = this.#postgres !== undefined && (await mustFill(data, this.#postgres, withDemo))
    await migrateWhenChanged(root, this.#postgres && data, this.#environment)
    return fillOnce(data, fill, (script) => step("Voorbeeldgegevens maken", () => run(root, [script, data], this.#environment)))
  }

  /** Another program may take the port between looking and listening; then the next one is tried. */
  async #startPages(): Promise<void> {
    const { root, listenOn, isDevelopment } = this.#settings
    const next = join(root, "node_modules/next/dist/bin/next")
    for (;;) {
      Object.assign(this.#environment, this.#addressOfPages())
      const { PORT = "" } = this.#environment
      const web = this.#startChild("web", [roomForYoung, roomForAddresses, next, isDevelopment ? "dev" : "start", "-p", PORT, "-H", listenOn], this.#childEnvironment())
      await this.#waitFor("web", () => /Ready in|EADDRINUSE/.test(web.said()))
      if (!web.said().includes("EADDRINUSE")) break
      await web.stop()
      this.#url = `http://localhost:${await firstFreePort(Number(PORT) + 1)}`
    }
    await this.#waitFor("web", () => answers(`http://localhost:${this.#environment.PORT}/api/health/ready`))
    this.#startChild("worker", [join(root, "src/jobs/main.ts")], this.#childEnvironment())
  }

  #childEnvironment(): Record<string, string | undefined> {
    return { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...this.#environment }
  }

  #startChild(name: string, args: string[], env: Record<string, string | undefined>, onMessage?: (message: unknown) => void): Child {
    if (this.#isStopping) throw new Stopped("Het starten is afgebroken.")
    const { root, data } = this.#settings
    const onGivenUp = () => this.#onBroken(`Het onderdeel "${name}" stopt telkens. Kijk in ${join(data, "log", `${name}.log`)}.`)
    const onChange = () => queueMicrotask(() => this.#remember())
    const child = startChild({ name, args, env }, { root, logs: join(data, "log"), onChange, onGivenUp, onMessage })
    this.#children.set(name, child)
    return child
  }

  #remember(): void {
    if (!this.#isOwner || this.#isStopping) return
    const children = [...this.#children.values()].flatMap((child) => (child.pid() ? [[child.name, child.pid()]] : []))
    const state = { pid: process.pid, url: this.#url, inboxUrl: this.#inboxUrl, environment: this.#environment }
    writeRunning(this.#settings.data, { ...state, children: Object.fromEntries(children) })
  }

  async #waitFor(name: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const child = this.#children.get(name)
    const came = await until(async () => this.#isStopping || (child?.hasGivenUp() ?? true) || (await isSo()), patienceForReady)
    if (came && !child?.hasGivenUp()) return
    const lastLines = child?.said().trim().split("\n").slice(-15).join("\n") ?? ""
    throw new Stopped(`Het onderdeel "${name}" start niet. Het laatste uit ${join(this.#settings.data, "log", `${name}.log`)}:\n\n${lastLines}`)
  }
}

/** Waits for both, also when one fails: what was started can then be stopped. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return Promise.all([first, second])
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.ok,
    () => false,
  )
}

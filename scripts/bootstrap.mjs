// Runs on Node 20 and newer with nothing installed: only what comes with Node.
import { spawn, spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node24 = join(root, "node_modules/.bin/node")

/** Installs what package-lock.json asks for and node_modules lacks, then runs a TypeScript file of scripts/ under Node 24 in this terminal. */
export function runUnderNode24(script, args = process.argv.slice(2)) {
  process.chdir(root)
  if (!isInstalled()) install()
  handOver(script, args)
}

/** Whether every package of the lockfile is there in its version. Packages for other platforms may be missing. */
function isInstalled() {
  if (!existsSync(node24)) return false
  try {
    const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages
    const present = JSON.parse(readFileSync("node_modules/.package-lock.json", "utf8")).packages
    return Object.entries(wanted).every(
      ([path, one]) => path === "" || present[path]?.version === one.version || (one.optional && !present[path]),
    )
  } catch {
    return false
  }
}

function install() {
  const started = Date.now()
  process.stdout.write("Pakketten installeren (npm ci) ... ")
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js") ? [process.execPath, process.env.npm_execpath] : ["npm"]
  const [command, ...before] = npm
  const done = spawnSync(command, [...before, "ci", "--include=dev", "--no-audit", "--no-fund"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  if (done.status !== 0) stopWith(`mislukt\n\n${done.stdout ?? ""}${done.stderr ?? ""}${done.error?.message ?? ""}`)
  if (!existsSync(node24)) stopWith("mislukt\n\nNode 24 ontbreekt na npm ci. Staat `ignore-scripts` aan? Zet dat uit en probeer opnieuw.")
  console.log(`${((Date.now() - started) / 1000).toFixed(1).replace(".", ",")} s`)
}

/**
 * The child leads its own process group, so that Ctrl-C reaches it once, through here, and it can stop its own children in order.
 * When this process disappears, however hard, the child notices its channel closing.
 */
function handOver(script, args) {
  const child = spawn(node24, [join(root, "scripts", script), ...args], { stdio: ["ignore", "inherit", "inherit", "ipc"], detached: true })
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("error", (error) => stopWith(`Node 24 start niet: ${error.message}`))
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
  if (process.env.npm_execpath) followNpm(() => child.kill("SIGTERM"))
}

/** npm may be killed without passing it on. It is the parent of this process, or of the shell in between that it runs scripts with. */
function followNpm(stop) {
  const parent = process.ppid
  const above = /^(ba|da|z)?sh$/.test(nameOf(parent)) ? parentOf(parent) : undefined
  const watch = setInterval(() => {
    if (process.ppid === parent && (above === undefined || parentOf(parent) === above)) return
    clearInterval(watch)
    stop()
  }, 500)
}

/** From Linux's /proc; elsewhere unknown, and shells there leave no process in between. */
function parentOf(pid) {
  return Number(statOf(pid).match(/^\S+ \(.*\) \S (\d+)/s)?.[1]) || undefined
}

function nameOf(pid) {
  return statOf(pid).match(/\((.*)\)/s)?.[1] ?? ""
}

function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
  } catch {
    return ""
  }
}

function stopWith(message) {
  console.error(message)
  process.exit(1)
}

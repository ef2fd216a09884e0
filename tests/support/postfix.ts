import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { until } from "../../scripts/portal/processes.ts"
import type { Certificate } from "./certificate.ts"

const programs = ["/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/lib/postfix/sbin/smtpd"]

/** Whether this machine has them, and this process may start them. */
export const hasPostfix = programs.every((path) => existsSync(path)) && process.getuid?.() === 0

const services = ["cleanup", "qmgr", "tlsmgr", "rewrite", "bounce", "defer", "trace", "verify", "proxymap", "error", "retry", "virtual", "anvil"]
const programOf: Readonly<Record<string, string>> = { rewrite: "trivial-rewrite", defer: "bounce", trace: "bounce", retry: "error" }

/** How often each wakes up, and how many there may be. */
const pacesOf: Readonly<Record<string, string>> = { qmgr: "300 1", tlsmgr: "1000? 1", anvil: "- 1", verify: "- 1", cleanup: "- 0", bounce: "- 0", defer: "- 0", trace: "- 0" }

/** Whether others may ask it, whether it runs as root, and that it is in no jail: master(5). */
const kindOf = (name: string) => (name === "virtual" ? "- n n" : name === "cleanup" || name === "qmgr" ? "n - n" : "- - n")

/** A Postfix of its own with Dovecot's sign-in, in a folder of its own: one user, "loon", who may send as loon@delinde.test to noor@bakkerij.test and nobody else. */
export async function startPostfix({ key, cert }: Certificate, password: string) {
  const folder = mkdtempSync(join(tmpdir(), "loondossier-postfix-"))
  const [starttls, tls] = [await freePort(), await freePort()]
  const place = (name: string) => join(folder, name)
  const [uid, gid] = ["-u", "-g"].map((which) => Number(execFileSync("id", [which, "postfix"]).toString()))
  if (uid === undefined || gid === undefined) throw new Error("There is no user postfix")
  chmodSync(folder, 0o755)
  for (const name of ["conf", "queue", "queue/private", "data", "mail"]) mkdirSync(place(name))
  for (const name of ["data", "mail", "queue/private"]) chownSync(place(name), uid, gid)
  writeFileSync(place("key.pem"), key)
  writeFileSync(place("cert.pem"), cert)
  writeFileSync(place("users"), `loon:{PLAIN}${password}\n`)
  writeFileSync(place("dovecot.conf"), [
    `base_dir = ${place("dovecot")}`, "protocols =", "ssl = no", `log_path = ${place("dovecot.log")}`, "auth_mechanisms = plain login", "disable_plaintext_auth = no",
    `passdb {\n driver = passwd-file\n args = ${place("users")}\n}`, "userdb {\n driver = static\n args = uid=nobody gid=nogroup home=/tmp\n}",
    `service auth {\n unix_listener ${place("queue/private/auth")} {\n  mode = 0666\n }\n}`, "",
  ].join("\n"))
  writeFileSync(place("conf/main.cf"), [
    "compatibility_level = 3.6", `queue_directory = ${place("queue")}`, `data_directory = ${place("data")}`, "daemon_directory = /usr/lib/postfix/sbin", "command_directory = /usr/sbin",
    "mail_owner = postfix", "setgid_group = postdrop", "inet_protocols = ipv4", "inet_interfaces = 127.0.0.1", "myhostname = post.delinde.test", "mydestination =", "alias_maps =", "alias_database =",
    `maillog_file = ${place("log")}`, `maillog_file_prefixes = ${folder}`, `smtpd_tls_cert_file = ${place("cert.pem")}`, `smtpd_tls_key_file = ${place("key.pem")}`,
    "smtpd_sasl_auth_enable = yes", "smtpd_sasl_type = dovecot", "smtpd_sasl_path = private/auth", "smtpd_tls_auth_only = yes", "smtpd_delay_reject = yes",
    "smtpd_sender_login_maps = inline:{loon@delinde.test=loon,ander@delinde.test=ander}", "smtpd_sender_restrictions = reject_sender_login_mismatch", "smtpd_relay_restrictions = reject_unauth_destination",
    "virtual_mailbox_domains = bakkerij.test", "virtual_mailbox_maps = inline:{noor@bakkerij.test=noor/}", `virtual_mailbox_base = ${place("mail")}`, `virtual_uid_maps = static:${uid}`, `virtual_gid_maps = static:${gid}`,
    "virtual_transport = virtual", "message_size_limit = 50000", "virtual_mailbox_limit = 0", "smtpd_client_connection_rate_limit = 0", "",
  ].join("\n"))
  writeFileSync(place("conf/master.cf"), [
    `127.0.0.1:${starttls} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt`, `127.0.0.1:${tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
    ...services.map((name) => `${name} unix ${kindOf(name)} ${pacesOf[name] ?? "- -"} ${programOf[name] ?? name}`), "postlog unix-dgram n - n - 1 postlogd", "",
  ].join("\n"))
  const dovecot: ChildProcess = spawn("/usr/sbin/dovecot", ["-F", "-c", place("dovecot.conf")], { stdio: "ignore" })
  const control = (what: string) => execFileSync("/usr/sbin/postfix", ["-c", place("conf"), what], { stdio: "pipe" })
  control("start")
  if (!(await until(() => existsSync(place("queue/private/auth")), 20_000))) throw new Error("Dovecot did not start")
  return {
    ports: { starttls, tls },
    /** What arrived for Noor. */
    delivered: () => (existsSync(place("mail/noor/new")) ? readdirSync(place("mail/noor/new")).map((name) => readFileSync(place(`mail/noor/new/${name}`), "utf8")) : []),
    log: () => readFileSync(place("log"), "utf8"),
    stop: async () => {
      control("stop")
      dovecot.kill("SIGTERM")
      await until(() => dovecot.exitCode !== null || dovecot.signalCode !== null, 20_000)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => resolve(address && typeof address === "object" ? address.port : 0))
  }))
}

import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer, type AddressInfo } from "node:net"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { connect as connectSecurely } from "node:tls"
import type { Certificate } from "./certificate.ts"
import { until } from "../../scripts/portal/processes.ts"

/** A mail server of its own, with one mailbox: what to connect to, putting a mail in it, and what is left in it. */
export type ImapServer = { url: string; port: number; put: (raw: Uint8Array) => void; left: () => { name: string; isSeen: boolean }[]; stop: () => Promise<void> }

/** Whether this machine has the server (Dovecot) to try with. */
export const hasImapServer = spawnSync("dovecot", ["--version"]).status === 0

/** `certificate`: with TLS from the first byte. `introspect`: tokens are let in too, when this address knows them (RFC 7662). */
type ImapServerOptions = { certificate?: Certificate; introspect?: string }

/** Starts a Dovecot on a port and in a folder of its own. Stop it in afterAll. */
export async function startImapServer({ certificate, introspect }: ImapServerOptions = {}): Promise<ImapServer> {
  const folder = mkdtempSync(join(tmpdir(), "loondossier-imap-"))
  const [port, me] = [await freePort(), userInfo()]
  const owner = me.uid === 0 ? { uid: nobody, gid: nobody } : me
  const inbox = join(folder, "mail")
  chmodSync(folder, 0o755)
  for (const part of ["", "new", "cur", "tmp"]) {
    mkdirSync(join(inbox, part))
    chownSync(join(inbox, part), owner.uid, owner.gid)
  }
  writeFileSync(join(folder, "users"), `terug:{PLAIN}geheim woord:${owner.uid}:${owner.gid}::${folder}\n`)
  writeFileSync(join(folder, "dovecot.conf"), `${settings(folder, port, certificate !== undefined)}${introspect ? byToken(folder) : ""}${me.uid === 0 ? "" : asOneUser(me.username)}`)
  if (certificate) for (const part of ["cert", "key"] as const) writeFileSync(join(folder, part), certificate[part])
  if (introspect) writeFileSync(join(folder, "oauth2"), `introspection_mode = post\nintrospection_url = ${introspect}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`)
  const server = spawn("dovecot", ["-F", "-c", join(folder, "dovecot.conf")], { stdio: "ignore" })
  const url = `imap${certificate ? "s" : ""}://terug:geheim%20woord@${certificate ? "localhost" : "127.0.0.1"}:${port}/INBOX`
  if (!(await until(() => answers(port, certificate !== undefined), 20_000))) throw new Error("Dovecot did not start")
  let count = 0
  return {
    url,
    port,
    put: (raw) => {
      const at = join(inbox, "new", `${1_700_000_000 + ++count}.M${count}P1.hier`)
      writeFileSync(at, raw)
      chownSync(at, owner.uid, owner.gid)
    },
    left: () => ["new", "cur"].flatMap((part) => readdirSync(join(inbox, part))).toSorted().map((name) => ({ name: name.split(":")[0] ?? "", isSeen: /:2,.*S/.test(name) })),
    stop: async () => {
      const gone = once(server, "exit")
      server.kill("SIGTERM")
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Dovecot reads no mail as root. */
const nobody = 65_534

function settings(folder: string, port: number, isSecure: boolean): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
${isSecure ? `ssl = required\nssl_cert = <${folder}/cert\nssl_key = <${folder}/key` : "ssl = no"}
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:${folder}/mail
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
service imap-login {
  inet_listener imap {
    port = ${isSecure ? 0 : port}
  }
  inet_listener imaps {
    port = ${isSecure ? port : 0}
    ssl = yes
  }
}
`
}

function byToken(folder: string): string {
  return `
auth_mechanisms = plain xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2
}
`
}

/** For who is not root: everything as that user, and shut in nowhere. */
function asOneUser(user: string): string {
  return `
default_login_user = ${user}
default_internal_user = ${user}
default_internal_group =
service imap-login {
  chroot =
}
service anvil {
  chroot =
}
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address: AddressInfo | string | null = server.address()
  server.close()
  return typeof address === "object" && address ? address.port : 0
}

async function answers(port: number, isSecure: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const line = isSecure ? connectSecurely({ port, host: "127.0.0.1", rejectUnauthorized: false }) : connect(port, "127.0.0.1")
    line.setTimeout(1000, () => line.destroy())
    line.on("close", () => resolve(false))
    line.on("error", () => resolve(false))
    line.on("data", () => {
      resolve(true)
      line.destroy()
    })
  })
}

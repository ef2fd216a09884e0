import { startPortal } from "../../tests/support/portal.ts"

/** Runs a part of the bench that stands by itself, in a process of its own, because a process knows one portal: `node scripts/bench/part.ts month`. */
const rounds = Number(process.env["ROUNDS"] ?? 7)
const many = Number(process.env["FILES"] ?? 2_000_000)
const parts: Readonly<Record<string, () => Promise<void>>> = {
  pages: async () => (await import("./pages.ts")).measurePages(rounds, many),
  month: async () => {
    const portal = await startPortal()
    try {
      Object.assign(process.env, portal.environment, { LOG_LEVEL: "error" })
      const { measureMonth } = await import("./month.ts")
      await measureMonth(portal, { clients: Number(process.env["CLIENTS"] ?? 50), each: 200, rounds: Math.min(5, Number(process.env["CLIENTS"] ?? 50)) })
    } finally {
      await portal.stop()
    }
  },
  "own-backup": async () => (await import("./own-backup.ts")).measureOwnBackup(Number(process.env["ROWS"] ?? 2_000_000)),
  backups: async () => (await import("./backups.ts")).measureBackups(Number(process.env["SIZE_MB"] ?? 4096)),
  "month-alone": async () => (await import("./month-alone.ts")).measureMonthAlone(Number(process.env["CLIENTS"] ?? 5), 200),
  splitting: async () => (await import("./splitting.ts")).measureSplit(rounds),
  "sign-ins": async () => (await import("./sign-ins.ts")).measureSignIns(),
  lists: async () => (await import("./lists.ts")).measureLists(many),
  mails: async () => (await import("./mails.ts")).measureMails(),
}

const part = parts[process.argv[2] ?? ""]
if (!part) throw new Error(`Choose one of ${Object.keys(parts).join(", ")}`)
await part()
process.exit(0)

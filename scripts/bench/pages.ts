import { startPortal, type TestPortal } from "../../tests/support/portal.ts"
import { interleave } from "./load.ts"
import { postgresOf } from "./processes.ts"
import { printComparison } from "./report.ts"
import { startBareNext, startPlainNode } from "./servers.ts"
import { fillWorld, signInEmployee } from "./world.ts"

/** Prints what a dossier page, a download, a zip and a delivery cost beside a bare page and a bare handler, and what `many` files in all do to a page. */
export async function measurePages(rounds: number, many: number): Promise<void> {
  const small = await startPortal()
  const large = await startPortal()
  const bare = await startBareNext()
  const plain = await startPlainNode()
  try {
    Object.assign(process.env, small.environment, { LOG_LEVEL: "error" })
    const { makeHouse } = await import("./house.ts")
    const house = await makeHouse(small)
    const page = (portal: TestPortal, cookie: string, name: string) => ({ name, url: `${portal.url}/werknemer/dossier`, headers: { cookie }, processes: processesOf(portal) })

    printComparison(
      "A dossier page, server-rendered",
      await interleave(
        [
          { name: "bare Next page", url: bare.url, processes: [bare.pid] },
          page(small, house.thirteen.cookie, "dossier page, 13 files"),
          page(small, house.fifty.cookie, "dossier page, 50 files"),
        ],
        rounds,
        300,
      ),
      "Promised: at most 2 times the bare page.",
    )

    printComparison(
      "A payslip of 60 kB, downloaded",
      await interleave(
        [
          { name: "bare Next handler", url: `${bare.url}/bytes`, processes: [bare.pid] },
          { name: "portal: checked, decrypted, streamed", url: `${small.url}/api/files/${house.fileId}?how=download`, headers: { cookie: house.fifty.cookie }, processes: processesOf(small) },
          { name: "plain Node", url: plain.url, processes: [plain.pid] },
        ],
        rounds,
        400,
      ),
      "Promised: at most 3 times the bare handler; plain Node is the next limit to go after.",
    )
    const { measureParts } = await import("./parts.ts")
    await measureParts(house.secret, house.viewer, house.fileId, postgresOf(small.data))

    const { manyPages, measureSplitting } = await import("./payslips.ts")
    await measureSplitting(1000, await house.splitting(await manyPages(1000), small))

    const { measureZip } = await import("./zip.ts")
    await measureZip(small)

    await fillWorld(small.databaseUrl, 2000)
    await fillWorld(large.databaseUrl, many)
    const few = await signInEmployee(small.databaseUrl, small.environment["MASTER_KEY"] ?? "")
    const lots = await signInEmployee(large.databaseUrl, large.environment["MASTER_KEY"] ?? "")
    printComparison(
      `A dossier page with ${many.toLocaleString("en")} files in the database against one with 2,000`,
      await interleave([page(small, few.cookie, "2,000 files"), page(large, lots.cookie, `${many.toLocaleString("en")} files`)], rounds, 300),
      "Promised: at most 1.2 times.",
    )
  } finally {
    bare.stop()
    plain.stop()
    await Promise.all([small.stop(), large.stop()])
  }
}

/** The web process and the database server, with all that came from them. */
function processesOf(portal: TestPortal): number[] {
  return [portal.pidOf("web") ?? 0, postgresOf(portal.data)]
}

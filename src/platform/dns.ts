import { Resolver } from "node:dns/promises"

/** What is asked of the names on the internet. Each is null where there is no such name or nothing of that kind at it; throws DnsFailed where nobody answered. */
export type Names = {
  txt: (name: string) => Promise<string[] | null>
  addresses: (name: string) => Promise<string[] | null>
  mailServers: (name: string) => Promise<string[] | null>
}

/** The names could not be asked: another try later may do. */
export class DnsFailed extends Error {
  constructor(code: string) {
    super(`The names could not be asked: ${code}`)
    this.name = "DnsFailed"
  }
}

/** Asks the machine's own resolver, or these servers ("127.0.0.1:5353"); three seconds and one more try for each question. */
export function namesFrom(servers?: readonly string[]): Names {
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  if (servers) resolver.setServers(servers)
  return {
    txt: (name) => orNone(resolver.resolveTxt(name).then((found) => found.map((pieces) => pieces.join("")))),
    addresses: async (name) => {
      const found = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))])
      const all = found.flatMap((one) => one ?? [])
      return all.length > 0 ? all : null
    },
    mailServers: (name) => orNone(resolver.resolveMx(name).then((found) => found.map((one) => one.exchange))),
  }
}

async function orNone<Found>(asked: Promise<Found[]>): Promise<Found[] | null> {
  try {
    const found = await asked
    return found.length > 0 ? found : null
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown"
    if (["ENOTFOUND", "ENODATA", "EBADNAME"].includes(code)) return null
    throw new DnsFailed(code)
  }
}

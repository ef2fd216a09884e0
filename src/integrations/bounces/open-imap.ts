import { ImapFlow, type ImapFlowOptions } from "imapflow"

const patience = 30_000
/** What a server may say at once, in bytes: more than any that means well has to, because the library would hold gigabytes. */
const limits = { maxLiteralSize: 1_048_576, maxLineLength: 4_194_304, maxResponseSize: 8_388_608, maxResponseTokens: 100_000 }

/** A connection to a mail server, not opened yet: it gives up after thirty seconds of silence or a megabyte in one piece, keeps no log, and what it breaks on is thrown where it is used. */
export function openImap(options: ImapFlowOptions): ImapFlow {
  const client = new ImapFlow({ ...options, ...limits, logger: false, disableAutoIdle: true, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience })
  client.on("error", () => {})
  return client
}

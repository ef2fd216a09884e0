import { ImapFlow, type ImapFlowOptions } from "imapflow"

const patience = 30_000

/** A connection to a mail server, not opened yet: it gives up after thirty seconds of silence, keeps no log, and what it breaks on is thrown where it is used. */
export function openImap(options: ImapFlowOptions): ImapFlow {
  const client = new ImapFlow({ ...options, logger: false, disableAutoIdle: true, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience })
  client.on("error", () => {})
  return client
}

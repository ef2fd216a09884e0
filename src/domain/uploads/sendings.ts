type Sending = { stop: () => Promise<void>; done: Promise<unknown> }

declare global {
  // Who is sending which upload to this process, also where a bundler copied this module.
  var portalSendings: Map<string, Sending> | undefined
}

function sendings(): Map<string, Sending> {
  return (globalThis.portalSendings ??= new Map())
}

/** A line that broke unnoticed holds up nobody: whoever comes back ends the sending to this process that still hangs, and keeps what came in. */
export async function endSending(uploadId: string): Promise<void> {
  const other = sendings().get(uploadId)
  // The end of a line that hangs may never come; that nothing more is read from it is enough.
  void other?.stop().catch(() => undefined)
  await other?.done
}

/** Does the taking in of an upload, which `stop` ends early. */
export async function whileSending<T>(uploadId: string, stop: () => Promise<void>, take: () => Promise<T>): Promise<T> {
  const taking = take()
  const mine = { stop, done: taking.then(() => undefined, () => undefined) }
  sendings().set(uploadId, mine)
  try {
    return await taking
  } finally {
    if (sendings().get(uploadId) === mine) sendings().delete(uploadId)
  }
}

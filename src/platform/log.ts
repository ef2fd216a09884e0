import pino from "pino"
import type { DestinationStream, Logger, LoggerOptions } from "pino"
import { env } from "./env.ts"
import { cleanError, cleanText, cleanValue } from "./log-cleaning.ts"

/** Without `child`: what a child logger is bound to would not be cleaned. */
export type Log = Pick<Logger, "fatal" | "error" | "warn" | "info" | "debug">

let logger: Log | undefined

/** The log: one JSON object a line on standard output. Names, BSNs, tokens and addresses are hidden, by field name and by shape. */
export function log(): Log {
  return (logger ??= openLog(env().LOG_LEVEL))
}

/** A logger that cleans all it is given; apart from `log` so that a test can read what comes out. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod([first, ...rest]: unknown[], method) {
        const others = rest.map((one) => (typeof one === "string" ? cleanText(one) : JSON.stringify(cleanValue(one))))
        if (first instanceof Error) method.call(this, { error: cleanError(first) }, ...(others.length > 0 ? others : [cleanText(first.name)]))
        else if (typeof first === "object" && first !== null) method.call(this, cleanFields(first), ...others)
        else method.call(this, cleanText(String(first)), ...others)
      },
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

function cleanFields(fields: object): Record<string, unknown> {
  const cleaned = cleanValue({ ...fields })
  return typeof cleaned === "object" && cleaned !== null ? { ...cleaned } : {}
}

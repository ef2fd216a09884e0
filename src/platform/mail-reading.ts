import { simpleParser } from "mailparser"

/** What is read of a mail that came in: its own header fields, each as often as it stands there, and its own parts (not those of a mail within it). */
export type IncomingMail = {
  fields: { name: string; value: string }[]
  contentType: string
  parts: { contentType: string; bytes: Uint8Array }[]
}

const most = 100
/** Longer than any field that is told of here (RFC 5322 has 998 for a line of it). The parser takes minutes for a list of addresses of 200 kB. */
const longField = /^((?:[^\n]|\n(?:[^\S\r\n]|\r(?!\n))){2000})(?:[^\n]|\n(?:[^\S\r\n]|\r(?!\n)))+/gm

/**
 * Reads a mail of a stranger's, or the beginning of one: what is broken off or malformed is read as far as it goes. Nothing in it is fetched or run.
 * Of a line, with what is folded under it, 2,000 characters are read. Parts of a mail inside it are left out: a report that was passed on is not a report.
 */
export async function readMail(raw: Uint8Array): Promise<IncomingMail> {
  const options = { keepDeliveryStatus: true, skipHtmlToText: true, skipImageLinks: true, skipTextToHtml: true, skipTextLinks: true, maxHtmlLengthToParse: 1000 }
  const mail = await simpleParser(Buffer.from(Buffer.from(raw).toString("latin1").replace(longField, "$1\r"), "latin1"), options)
  const fields = mail.headerLines.slice(0, 500).map(({ key, line }) => ({ name: key.toLowerCase(), value: line.slice(line.indexOf(":") + 1).replace(/\r?\n[ \t]+/g, " ").trim().slice(0, 2000) }))
  const parts = mail.attachments.filter((one) => /^\d+$/.test(one.partId ?? "")).slice(0, most).map((one) => ({ contentType: one.contentType.toLowerCase(), bytes: one.content }))
  const contentType = fields.find((field) => field.name === "content-type")?.value.toLowerCase() ?? "text/plain"
  return { fields, contentType, parts }
}

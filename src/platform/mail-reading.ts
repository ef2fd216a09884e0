import { simpleParser } from "mailparser"

/** What is read of a mail that came in: its own header fields, each as often as it stands there, its own parts (not those of a mail within it), and its text. */
export type IncomingMail = {
  fields: { name: string; value: string }[]
  contentType: string
  parts: { contentType: string; bytes: Uint8Array }[]
}

const most = 100

/**
 * Reads a mail of a stranger's, or the beginning of one: what is broken off or malformed is read as far as it goes. Nothing in it is fetched or run.
 * Parts of a mail inside it are left out: a report that was passed on is not a report.
 */
export async function readMail(raw: Uint8Array): Promise<IncomingMail> {
  const options = { keepDeliveryStatus: true, skipHtmlToText: true, skipImageLinks: true, skipTextToHtml: true, skipTextLinks: true, maxHtmlLengthToParse: 1000 }
  const mail = await simpleParser(Buffer.from(raw), options)
  const fields = mail.headerLines.slice(0, 500).map(({ key, line }) => ({ name: key.toLowerCase(), value: line.slice(line.indexOf(":") + 1).replace(/\r?\n[ \t]+/g, " ").trim().slice(0, 2000) }))
  const parts = mail.attachments.filter((one) => /^\d+$/.test(one.partId ?? "")).slice(0, most).map((one) => ({ contentType: one.contentType.toLowerCase(), bytes: one.content }))
  const contentType = fields.find((field) => field.name === "content-type")?.value.toLowerCase() ?? "text/plain"
  return { fields, contentType, parts }
}

/** What a mail says, before it is set as text and as HTML. `button` leads to one address. */
export type Letter = {
  subject: string
  greeting: string
  before: readonly string[]
  button: { label: string; url: string }
  after: readonly string[]
  closing: readonly string[]
}

/** A mail as it is sent. */
export type SetLetter = { subject: string; text: string; html: string }

/** Sets a letter as plain text and as simple HTML; every word in it is escaped. */
export function setLetter(letter: Letter): SetLetter {
  const { subject, greeting, before, button, after, closing } = letter
  const text = [greeting, ...before, `${button.label}:\n${button.url}`, ...after, closing.join("\n")].join("\n\n")
  const paragraph = (words: string) => `<p style="margin:0 0 16px">${escape(words).replaceAll("\n", "<br>")}</p>`
  const html = `<!doctype html><html><head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#fbf8f4;color:#241b1f;font:17px/1.5 'Source Sans 3',Helvetica,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e7dfd8;border-radius:10px">
${[greeting, ...before].map(paragraph).join("\n")}
<p style="margin:24px 0"><a href="${escape(button.url)}" style="display:inline-block;padding:12px 20px;background:#7a1f4b;color:#ffffff;border-radius:10px;text-decoration:none;font-weight:600">${escape(button.label)}</a></p>
<p style="margin:0 0 16px;color:#62555b;font-size:15px;word-break:break-all">${escape(button.url)}</p>
${after.map(paragraph).join("\n")}
<p style="margin:24px 0 0">${closing.map(escape).join("<br>")}</p>
</div></body></html>`
  return { subject, text, html }
}

/** A mail to look at: with its subject above it, which a mail program shows apart. */
export function shownLetter({ subject, text, html }: SetLetter, label: string): { text: string; html: string } {
  const line = `<p style="max-width:560px;margin:0 auto 16px"><b>${escape(label)}:</b> ${escape(subject)}</p>`
  return { text: `${label}: ${subject}\n\n${text}`, html: html.replace(/<body[^>]*>/, (body) => `${body}\n${line}`) }
}

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
  return text.replace(/[&<>"']/g, (one) => entities[one] ?? one)
}

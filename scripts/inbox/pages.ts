import type { Mail } from "./mails.ts"

const style = `
  :root { color-scheme: light dark; --paper: #faf7f2; --ink: #231f1c; --soft: #6b625a; --line: #e2dad0; --accent: #7d2248 }
  @media (prefers-color-scheme: dark) { :root { --paper: #1b1816; --ink: #efe8e0; --soft: #a99e94; --line: #3a342f; --accent: #e79ab9 } }
  * { box-sizing: border-box }
  body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 52rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
  h1 { font: 600 1.6rem/1.2 Georgia, serif; margin: 0 0 .25rem; overflow-wrap: anywhere }
  p { margin: 0 0 1.5rem; color: var(--soft) } a { color: var(--accent) }
  ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line) }
  li a { display: block; padding: .8rem 0; border-bottom: 1px solid var(--line); text-decoration: none; color: inherit; overflow-wrap: anywhere }
  li a:hover b, li a:focus-visible b { text-decoration: underline }
  li span { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; color: var(--soft); font-variant-numeric: tabular-nums }
  dl { display: grid; grid-template-columns: 8rem 1fr; gap: .25rem 1rem; margin: 1rem 0 1.5rem; overflow-wrap: anywhere } dt { color: var(--soft) } dd { margin: 0 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-top: 1px solid var(--line); padding-top: 1.25rem }
  iframe { width: 100%; height: 40rem; border: 1px solid var(--line); border-radius: 8px; background: #fff }
  h2 { font: 600 1.1rem Georgia, serif; margin: 2rem 0 .75rem }`

const time = new Intl.DateTimeFormat("nl-NL", { dateStyle: "medium", timeStyle: "medium", timeZone: "Europe/Amsterdam" })

/** The list of all mails, newest first. */
export function listPage(mails: readonly Mail[]): string {
  const rows = mails.map(
    (mail) => `<li><a href="/mail/${mail.id}"><b>${escape(mail.subject || "(geen onderwerp)")}</b>
      <span><span>Aan ${escape(mail.to || mail.recipients.join(", "))}</span> <time datetime="${escape(mail.receivedAt)}">${when(mail)}</time></span></a></li>`,
  )
  const empty = "<p>Er is nog geen mail. Alle mail die het portaal stuurt, komt hier binnen.</p>"
  const count = mails.length === 1 ? "1 mail" : `${mails.length} mails`
  return page("Postvak", `<h1>Postvak</h1>${rows.length ? `<p>${count}. Niets hiervan gaat naar buiten.</p><ol>${rows.join("")}</ol>` : empty}`)
}

/** One mail: its text with working links, and its HTML in a frame without scripts. */
export function mailPage(mail: Mail): string {
  const facts = [["Aan", mail.to], ["Van", mail.from], ["Ontvangen", when(mail)], ["Bericht-id", mail.messageId]]
  const list = facts.map(([name = "", value = ""]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join("")
  const html = mail.html ? `<h2>Opgemaakt</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="De opgemaakte mail" src="/mail/${mail.id}/html"></iframe>` : ""
  const body = `<p><a href="/">Naar alle mails</a></p><h1>${escape(mail.subject || "(geen onderwerp)")}</h1><dl>${list}</dl><pre>${linked(mail.text)}</pre>${html}`
  return page(mail.subject || "Mail", body)
}

/** The answer when a page or mail is not there. */
export function missingPage(): string {
  return page("Niet gevonden", `<h1>Niet gevonden</h1><p>Deze mail is er niet (meer).</p><p><a href="/">Naar alle mails</a></p>`)
}

/** Shown by the content security policy: the only style the pages may use. */
export const pageStyle = style

function page(title: string, body: string): string {
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`
}

function when(mail: Mail): string {
  const at = new Date(mail.receivedAt)
  return Number.isNaN(at.getTime()) ? "" : time.format(at)
}

function linked(text: string): string {
  return escape(text).replace(/https?:\/\/(?:&amp;|[^\s<>"')&])+/g, (url) => `<a href="${url}" rel="noreferrer">${url}</a>`)
}

function escape(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}

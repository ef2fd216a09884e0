import { createHash } from "node:crypto"
import type { OperationFacts } from "#auth/api-operation.ts"
import { API_SCOPES } from "#policy/api-scopes.ts"
import { everywhere, openApi } from "./openapi.ts"
import { operations } from "./operations.ts"

/** Plain on purpose: a page for who writes a program, of its own and without anything of others. */
const style =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color-scheme:light dark}pre{overflow:auto;padding:.75rem;border:1px solid}" +
  "table{border-collapse:collapse}td,th{border:1px solid;padding:.25rem .5rem;text-align:left;vertical-align:top}h3 code,li code{overflow-wrap:anywhere}section{margin-top:3rem}"

/** What the page may load: its own style and nothing else. */
export const referencePolicy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** The page that tells how to use the API: every operation with its schemas, refusals and an example, from the same table as the API itself. */
export function referencePage(address: string): string {
  const { paths } = openApi(address)
  const contents = operations.map((one) => `<li><a href="#${one.id}"><code>${one.method} ${one.path}</code></a> ${escape(one.summary)}</li>`)
  const sections = operations.map((one) => sectionOf(one, paths[one.path]?.[one.method.toLowerCase()], address))
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API, Mijn LoonDossier</title><style>${style}</style></head><body><main>
<h1>API, Mijn LoonDossier</h1>
<p>Version 1. For a program: <a href="${address}/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2 id="key">A key</h2>
<p>An owner of an office, or of an employer, makes one under Profiel, Koppelingen. Send it as <code>Authorization: Bearer ld_live_...</code>, never in the address. Its scopes say what it may do: ${API_SCOPES.map((scope) => `<code>${scope}</code>`).join(", ")}.</p>
<h2 id="once">Once</h2>
<p>Every POST carries an <code>Idempotency-Key</code> of your own choosing. The same request under the same name gives the first answer for a day, and is done once, also when a line or a server broke. With <code>dryRun=true</code> nothing is done and no name is needed.</p>
<h2 id="pages">Pages</h2>
<p>A list answers <code>rows</code> and <code>next</code>. Ask the next page with <code>cursor</code>; what comes in between moves nothing.</p>
<h2 id="refusals">Refusals</h2>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>, and a sentence in English, or in Dutch with <code>Accept-Language: nl</code>.</p>
<table><tr><th>Status</th><th>Codes</th><th>When</th></tr>${everywhere.map(({ status, codes, when }) => `<tr><td>${status}</td><td>${codes.map(codeMark).join("<br>")}</td><td>${escape(when)}</td></tr>`).join("")}</table>
<h2 id="operations">Operations</h2><ul>${contents.join("")}</ul>
${sections.join("\n")}
</main></body></html>`
}

function sectionOf(one: OperationFacts, told: unknown, address: string): string {
  const own = one.refusals.length > 0 ? `<p>Refusals of its own: ${one.refusals.map((code) => `<code>${code}</code>`).join(", ")}.</p>` : ""
  return `<section aria-labelledby="${one.id}"><h3 id="${one.id}"><code>${one.method} ${one.path}</code></h3><p>${escape(one.summary)}. ${escape(one.notes ?? "")}</p><p>Scope: <code>${one.scope}</code>.</p>${own}
<h4>Example</h4><pre tabindex="0">${escape(exampleOf(one, address))}</pre>
<details><summary>Parameters, body and answer</summary><pre tabindex="0">${escape(JSON.stringify(told, null, 2))}</pre></details></section>`
}

function codeMark(code: string): string {
  return `<code id="${code}">${code}</code>`
}

/** A command that does it, with the names of ids left to fill in. */
function exampleOf({ method, path, body, form }: OperationFacts, address: string): string {
  const sent = form ? ['-F kind=payslip -F year=2026 -F period=3 -F employeeNumber=7', "-F file=@payslip.pdf"] : body ? [`-H "Content-Type: application/json"`, `-d '{ ... }'`] : []
  const lines = [
    `curl -X ${method} "${address}/api/v1${path}"`,
    `-H "Authorization: Bearer $KEY"`,
    ...(method === "POST" ? [`-H "Idempotency-Key: $(uuidgen)"`] : []),
    ...(form && path === "/deliveries" ? ["-F wageTaxNumber=123456782L01 -F then=send"] : []),
    ...sent,
  ]
  return lines.join(" \\\n  ")
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign)
}

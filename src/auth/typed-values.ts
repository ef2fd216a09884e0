/** Names of fields of which nothing is sent back: a password ("current" is the one that somebody has), or a token. */
const kept = /^\$ACTION|password|^current$|token/i

/** What was typed in a form, to be shown in it once more after it was refused; no file, and nothing that opens something. */
export function typedValues(form: unknown): Record<string, string> {
  if (!(form instanceof FormData)) return {}
  const typed = [...form.entries()].filter(([name, value]) => typeof value === "string" && !kept.test(name))
  return Object.fromEntries(typed.map(([name, value]) => [name, String(value)]))
}

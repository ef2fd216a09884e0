/**
 * The path of our own that a text names, or "/" where it names anything else: another site ("https:", "//", "/\"), what only becomes one after reading (a tab, "/..//"), or
 * no path. For where one goes on after an answer (OWASP ASVS 3.7.2, CWE-601).
 */
export function ownPath(text: unknown): string {
  if (typeof text !== "string" || text.length > 500 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return "/"
  const { origin, pathname, search } = new URL(text, "http://own.invalid")
  return origin === "http://own.invalid" && !pathname.startsWith("//") ? pathname + search : "/"
}

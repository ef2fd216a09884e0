/** A path of the portal as somebody may be sent on to: plain words between single slashes, and a query of plain words. Null for anything a browser could take for more. */
export function innerPath(text: string | undefined): string | null {
  if (!text?.startsWith("/") || text.length > 500) return null
  return /^(?:\/[\w-]+)*\/?(?:\?[\w=&-]*)?$/.test(text) ? text : null
}

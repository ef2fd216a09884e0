/** What the portal shows on the page itself: documents by its own viewer, pictures by the browser. None of these can hold a program. */
const shown = { "application/pdf": "document", "image/jpeg": "picture", "image/png": "picture" } as const

/** How a file is shown on the page, or null when it is only ever downloaded: HTML, SVG and XML could run in the browser. */
export function shownAs(mediaType: string): "document" | "picture" | null {
  return Object.entries(shown).find(([known]) => known === mediaType)?.[1] ?? null
}

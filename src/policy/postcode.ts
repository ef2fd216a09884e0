/** A Dutch postcode as it is stored: "1506ED". Null when it is none; SA, SD and SS are never given out. */
export function normalisePostcode(text: string): string | null {
  const compact = text.replace(/[ \u00a0]/g, "").toUpperCase()
  return /^[1-9][0-9]{3}(?!SA|SD|SS)[A-Z]{2}$/.test(compact) ? compact : null
}

/** A postcode as it is shown: "1506 ED". A foreign one stays as it is. */
export function showPostcode(postcode: string): string {
  const dutch = normalisePostcode(postcode)
  return dutch ? `${dutch.slice(0, 4)} ${dutch.slice(4)}` : postcode
}

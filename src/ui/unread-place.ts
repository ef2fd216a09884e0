import type { UnreadPlace } from "#domain/files/list-unread.ts"

const shape = /^(\d{12,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** A place in "Ongelezen" as an address holds it: milliseconds, a dot, an id. */
export function placeText({ at, grantId }: UnreadPlace): string {
  return `${at.getTime()}.${grantId}`
}

/** The place that an address names; null, the beginning, when it names none. */
export function placeIn(text: string): UnreadPlace | null {
  const [, moment, grantId] = shape.exec(text) ?? []
  return moment && grantId ? { at: new Date(Number(moment)), grantId } : null
}

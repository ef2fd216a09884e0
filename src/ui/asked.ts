import { notFound } from "next/navigation"

type Asked = string | readonly string[] | undefined

/** An id as it stands in an address. What cannot be one is a page that does not exist. */
export function idIn(text: Asked): string {
  const id = wordIn(text)
  return isId(id) ? id : notFound()
}

/** An id that an address may name, or null. */
export function maybeIdIn(text: Asked): string | null {
  const id = wordIn(text)
  return isId(id) ? id : null
}

/** The ids among what stands in an address under one name, each once: all that fit in one. */
export function idsIn(text: Asked): string[] {
  return [...new Set([text ?? []].flat())].filter(isId)
}

/** A parameter of an address as one text, at most 200 characters: the first where it stands there twice, "" where it is not there. */
export function wordIn(text: Asked): string {
  const first = typeof text === "string" ? text : text?.[0]
  return (first ?? "").slice(0, 200)
}

/** A whole number in an address from 1 to 9999, or null. */
export function numberIn(text: Asked): number | null {
  const number = Number(wordIn(text))
  return Number.isInteger(number) && number >= 1 && number <= 9999 ? number : null
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** What an address tells of several deliveries that were sent at once, or null. */
export function sentIn({ verzonden, niet }: Readonly<Record<string, Asked>>): { sent: number; refused: number } | null {
  const [sent, refused] = [numberIn(verzonden) ?? 0, numberIn(niet) ?? 0]
  return sent + refused > 0 ? { sent, refused } : null
}

import { randomBytes } from "node:crypto"

let lastMillisecond = 0
let counter = 0

/** A new id: UUID version 7 (RFC 9562), rising in time within one process, so that new rows stand together in an index. */
export function newId(): string {
  const now = Date.now()
  counter = now > lastMillisecond ? 0 : counter + 1
  lastMillisecond = Math.max(lastMillisecond, now) + (counter > 0xfff ? 1 : 0)
  counter &= 0xfff
  const hex = lastMillisecond.toString(16).padStart(12, "0")
  const random = randomBytes(8)
  random[0] = (random[0]! & 0x3f) | 0x80
  const tail = random.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${counter.toString(16).padStart(3, "0")}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text is an id as this product writes it: lower-case hexadecimal with hyphens. */
export function isId(text: string): boolean {
  return uuid.test(text)
}

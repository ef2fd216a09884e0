import { z } from "zod"

const shape = z.object({ type: z.unknown(), properties: z.record(z.string(), z.unknown()), items: z.unknown(), anyOf: z.array(z.unknown()) }).partial()

/** Something of the shape that a JSON Schema asks for, with this text wherever a value stands. */
export function filled(schema: unknown, text: string): unknown {
  const { type, properties, items, anyOf } = shape.parse(schema)
  if (anyOf) return filled(anyOf[0], text)
  if (type === "object") return Object.fromEntries(Object.entries(properties ?? {}).map(([name, one]) => [name, filled(one, text)]))
  return type === "array" ? [filled(items, text)] : text
}

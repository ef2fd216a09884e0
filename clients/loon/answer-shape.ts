/** What an answer holds. Of a value that is one of a few words it says no more than "string": a newer portal may know more words. */
export type Shape = "string" | "number" | "boolean" | "none" | readonly ["list" | "null or", Shape] | readonly ["one of", Shape, Shape] | { readonly [field: string]: Shape }

/** The type of what a shape describes. */
export type Told<S> = S extends "string"
  ? string
  : S extends "number"
    ? number
    : S extends "boolean"
      ? boolean
      : S extends "none"
        ? undefined
        : S extends readonly ["list", infer Row]
          ? Told<Row>[]
          : S extends readonly ["null or", infer Some]
            ? Told<Some> | null
            : S extends readonly ["one of", infer One, infer Other]
              ? Told<One> | Told<Other>
              : { [Field in keyof S]: Told<S[Field]> }

/** Whether what came in has this shape. Fields that the shape does not name may be there. */
export function fits<S extends Shape>(shape: S, value: unknown): value is Told<S> {
  return holds(shape, value)
}

function holds(shape: Shape, value: unknown): boolean {
  if (shape === "none") return value === undefined
  if (typeof shape === "string") return typeof value === shape
  if (isTuple(shape)) {
    const [what, one, other] = shape
    if (what === "list") return Array.isArray(value) && value.every((row) => holds(one, row))
    if (what === "null or") return value === null || holds(one, value)
    return holds(one, value) || (other !== undefined && holds(other, value))
  }
  if (typeof value !== "object" || value === null) return false
  return Object.entries(shape).every(([field, inner]) => holds(inner, Reflect.get(value, field)))
}

function isTuple(shape: Shape): shape is readonly ["list" | "null or", Shape] | readonly ["one of", Shape, Shape] {
  return Array.isArray(shape)
}

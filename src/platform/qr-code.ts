import { encode } from "uqr"

/** A QR code as one path of squares of one unit, in a square of `size` units with the quiet edge of four that the standard asks for (ISO/IEC 18004). */
export type QrCode = { size: number; path: string }

/** A text as a QR code. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: "M", border: 4 })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
  return { size, path: squares.join("") }
}

const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const checkLength = 6

/** The 32 bytes in a key as age writes it, "age1..." or "AGE-SECRET-KEY-1..." (Bech32, BIP 173). Throws when it is of another kind or a letter is wrong. */
export function keyBytes(text: string, prefix: "age" | "age-secret-key-"): Buffer {
  const lower = text.toLowerCase()
  const digits = [...lower.slice(prefix.length + 1)].map((letter) => letters.indexOf(letter))
  const expanded = [...prefix].map((letter) => letter.charCodeAt(0))
  const checked = [...expanded.map((code) => code >> 5), 0, ...expanded.map((code) => code & 31), ...digits]
  const bits = digits.slice(0, -checkLength).map((digit) => digit.toString(2).padStart(5, "0")).join("")
  if (!lower.startsWith(`${prefix}1`) || digits.includes(-1) || checksum(checked) !== 1 || bits.length !== 260) throw new Error("This is not a key of age")
  return Buffer.from(Array.from({ length: 32 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2)))
}

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const top = sum >>> 25
    const next = ((sum & 0x1ffffff) << 5) ^ value
    return generators.reduce((mixed, generator, bit) => ((top >>> bit) & 1 ? mixed ^ generator : mixed), next)
  }, 1)
}

/** Letters that do not come apart under Unicode decomposition, each with one to stand for it. */
const LETTERS: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ð: "d", ı: "i", ħ: "h", ŧ: "t" }

/** Text without capitals and accents, so that "zoe" finds "Zoë" and "lodz" finds "Łódź". The database has the same as plain_text(). */
export function plainText(text: string): string {
  const bare = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
  return bare.replace(/[łøđðıħŧ]/g, (letter) => LETTERS[letter] ?? letter)
}

/** A username as it is kept and compared: NFKC, without spaces around it, in lower case. Empty when it is no username. */
export function normaliseUsername(text: string): string {
  const name = text.normalize("NFKC").trim().toLowerCase()
  return /^[^\s\p{C}]{3,254}$/u.test(name) ? name : ""
}

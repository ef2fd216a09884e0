/** A mail address that its holder knows again and nobody else can use: "m...@v...". What is no address stays as it is. */
export function maskAddress(text: string): string {
  const [, name, domain] = /^(.).*@(.)[^@]*$/u.exec(text) ?? []
  return name && domain ? `${name}…@${domain}…` : text
}

/** Why untrusted XML is not read. `line` counts from 1, where it is known. Holds nothing of the content. */
export class XmlRefused extends Error {
  readonly code: "doctype" | "not-xml" | "too-large" | "encoding"
  readonly line: number | undefined

  constructor(code: XmlRefused["code"], line?: number) {
    super(`XML refused: ${code}`)
    this.name = "XmlRefused"
    this.code = code
    this.line = line
  }
}

/**
 * A return for 5,000 people with all its figures stays under these. `pieceLength` is in characters, of one tag or one run of text;
 * `instructionLength` of one instruction, which the parser goes through once for every space in it.
 */
export const LIMITS = { bytes: 25 * 1024 * 1024, tags: 1_000_000, references: 200_000, depth: 50, pieceLength: 20_000, instructionLength: 1000 } as const

/**
 * Goes through the text once, in linear time, before any parser sees it. Throws XmlRefused on a DTD, on a reference to an entity that
 * XML itself does not have, on a character XML 1.0 forbids, on what is left open or stands outside the one root, and above the limits.
 */
export function screenXml(text: string, maxTags: number = LIMITS.tags): void {
  const forbidden = text.search(FORBIDDEN)
  if (forbidden >= 0) throw refusal(text, forbidden, text[forbidden] === "\0" ? "encoding" : "not-xml")

  const seen = { maxTags, tags: 0, references: 0, depth: 0 }
  let at = 0
  for (let open = text.indexOf("<"); open >= 0; open = text.indexOf("<", at)) {
    screenText(text, at, open, seen)
    at = text.startsWith("<!", open) || text.startsWith("<?", open) ? endOfLiteral(text, open) : endOfTag(text, open, seen)
  }
  screenText(text, at, text.length, seen)
}

type Seen = { maxTags: number; tags: number; references: number; depth: number }

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const TAG = /<\/?[^\s<>/"'=&!?](?:[^<>"']|"[^<"]*"|'[^<']*')*>/y
const LITERALS = [
  { start: "<!--", end: "-->" },
  { start: "<![CDATA[", end: "]]>" },
  { start: "<?", end: "?>" },
] as const
const REFERENCE = /&(?:(?:amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));/y
const OWN_ENTITY = /&[\p{L}_:][\p{L}\p{N}_:.-]{0,100};/uy

/** Past a comment, CDATA or an instruction; any other declaration belongs to a DTD. */
function endOfLiteral(text: string, open: number): number {
  const literal = LITERALS.find(({ start }) => text.startsWith(start, open))
  if (!literal) throw refusal(text, open, "doctype")
  const close = text.indexOf(literal.end, open + literal.start.length)
  if (close < 0) throw refusal(text, open, "not-xml")
  if (literal.start === "<?" && close - open > LIMITS.instructionLength) throw refusal(text, open, "too-large")
  return close + literal.end.length
}

function endOfTag(text: string, open: number, seen: Seen): number {
  TAG.lastIndex = open
  const tag = TAG.exec(text)?.[0]
  if (!tag) throw refusal(text, open, "not-xml")
  const second = seen.depth === 0 && seen.tags > 0
  seen.depth += tag.startsWith("</") ? -1 : tag.endsWith("/>") ? 0 : 1
  if (tag.length > LIMITS.pieceLength || ++seen.tags > seen.maxTags || seen.depth > LIMITS.depth) throw refusal(text, open, "too-large")
  if (second || seen.depth < 0) throw refusal(text, open, "not-xml")
  screenReferences(text, open, open + tag.length, seen)
  return open + tag.length
}

function screenText(text: string, from: number, to: number, seen: Seen): void {
  if (to - from > LIMITS.pieceLength) throw refusal(text, from, "too-large")
  if (seen.depth === 0 && text.slice(from, to).trim()) throw refusal(text, from, "not-xml")
  screenReferences(text, from, to, seen)
}

function screenReferences(text: string, from: number, to: number, seen: Seen): void {
  const part = text.slice(from, to)
  for (let at = part.indexOf("&"); at >= 0; at = part.indexOf("&", at + 1)) {
    REFERENCE.lastIndex = OWN_ENTITY.lastIndex = at
    const found = REFERENCE.exec(part)
    if (!found) throw refusal(text, from + at, OWN_ENTITY.test(part) ? "doctype" : "not-xml")
    if (++seen.references > LIMITS.references) throw refusal(text, from + at, "too-large")
    const [, decimal, hex] = found
    if ((decimal || hex) && !isXmlCharacter(Number(decimal ?? `0x${hex}`))) throw refusal(text, from + at, "not-xml")
  }
}

/** XML 1.0, section 2.2. */
function isXmlCharacter(point: number): boolean {
  if (point < 0x20) return point === 9 || point === 10 || point === 13
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff)
}

function refusal(text: string, index: number, code: XmlRefused["code"]): XmlRefused {
  return new XmlRefused(code, text.slice(0, index).split("\n").length)
}

import { XMLParser, XMLValidator } from "fast-xml-parser"
import { LIMITS, screenXml, XmlRefused } from "./xml-screening.ts"

export { XmlRefused } from "./xml-screening.ts"

/** One element. `name` is without its prefix; `text` is its own text, trimmed; `line` counts from 1 in the file. */
export type XmlElement = {
  name: string
  prefix: string
  attributes: ReadonlyMap<string, string>
  text: string
  children: readonly XmlElement[]
  line: number
}

/** `maxBytes`: 25 MiB by default. `unread`: elements by name that are checked like the rest but stay empty in the tree: faster and leaner. */
export type XmlOptions = { maxBytes?: number; unread?: readonly string[] }

/**
 * Reads untrusted XML bytes into a tree. Throws XmlRefused: "encoding" (only UTF-8, UTF-16 with a byte order mark, ISO-8859-1 and
 * Windows-1252 are read), "doctype" (a DTD or an entity of its own), "too-large" (`maxBytes`, or another of the LIMITS), "not-xml".
 * Names like __proto__ are refused by the parser; nothing here is an object keyed by a name.
 */
export function readXml(bytes: Uint8Array, { maxBytes = LIMITS.bytes, unread = [] }: XmlOptions = {}): XmlElement {
  if (bytes.byteLength > maxBytes) throw new XmlRefused("too-large")
  const text = decodeXml(bytes).replace(/\r\n?/g, "\n")
  screenXml(text)
  const verdict = XMLValidator.validate(text)
  if (verdict !== true) throw new XmlRefused("not-xml", verdict.err.line)
  const [root] = toElements(parse(text, unread), { lineAt: lineCounter(text), unread: new Set(unread) })
  if (!root) throw new XmlRefused("not-xml")
  return root
}

/** The namespace an element is in by its own declaration, or "" when it declares none for its prefix. */
export function namespaceOf(element: XmlElement): string {
  return element.attributes.get(element.prefix ? `xmlns:${element.prefix}` : "xmlns") ?? ""
}

const DECODERS: Readonly<Record<string, string>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  "iso-8859-1": "windows-1252",
  latin1: "windows-1252",
  "windows-1252": "windows-1252",
}

function decodeXml(bytes: Uint8Array): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200))
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1]?.toLowerCase() ?? "utf-8"
  const encoding = encodingByMark(start) ?? (Object.hasOwn(DECODERS, declared) ? DECODERS[declared] : undefined)
  if (!encoding) throw new XmlRefused("encoding")
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRefused("encoding")
  }
}

function encodingByMark(start: string): string | undefined {
  if (start.startsWith("\u00ef\u00bb\u00bf")) return "utf-8"
  if (start.startsWith("\u00ff\u00fe")) return "utf-16le"
  return start.startsWith("\u00fe\u00ff") ? "utf-16be" : undefined
}

const OPTIONS = {
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: "#cdata",
  maxNestedTags: LIMITS.depth + 1,
  jPath: false,
} as const

function parse(text: string, unread: readonly string[]): unknown {
  try {
    return new XMLParser({ ...OPTIONS, stopNodes: unread.map((name) => `..${name}`) }).parse(text)
  } catch {
    throw new XmlRefused("not-xml")
  }
}

type Reading = { lineAt: (index: number) => number; unread: ReadonlySet<string> }

/** The parser's nodes are { <name>: [nodes], ":@": { attributes }, [symbol]: { startIndex } } in the order of the file. */
function toElements(nodes: unknown, reading: Reading): XmlElement[] {
  const elements: XmlElement[] = []
  for (const node of Array.isArray(nodes) ? nodes : []) {
    const fullName = Object.keys(node).find((key) => key !== ":@") ?? ""
    if (fullName.startsWith("#")) continue
    const colon = fullName.indexOf(":")
    const name = fullName.slice(colon + 1)
    const line = reading.lineAt(startOf(node))
    const content = reading.unread.has(name) ? [] : node[fullName]
    const prefix = colon > 0 ? fullName.slice(0, colon) : ""
    elements.push({ name, prefix, attributes: attributesOf(node), text: textOf(content), children: toElements(content, reading), line })
  }
  return elements
}

function textOf(nodes: unknown): string {
  let text = ""
  for (const node of Array.isArray(nodes) ? nodes : []) {
    if ("#text" in node) text += decodeReferences(String(node["#text"]))
    else if ("#cdata" in node) text += textOfCdata(node["#cdata"])
  }
  return text.trim()
}

function textOfCdata(nodes: unknown): string {
  return Array.isArray(nodes) ? nodes.map((node) => String(node["#text"] ?? "")).join("") : ""
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

function attributesOf(node: Record<string, unknown>): ReadonlyMap<string, string> {
  const attributes = node[":@"]
  if (!attributes) return NO_ATTRIBUTES
  return new Map(Object.entries(attributes).map(([name, value]) => [name, decodeReferences(String(value))]))
}

const REFERENCES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

function decodeReferences(text: string): string {
  return text.replace(/&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);/g, (whole, name: string) => {
    if (!name.startsWith("#")) return REFERENCES[name] ?? whole
    return String.fromCodePoint(name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })
}

function startOf(node: object): number {
  for (const symbol of Object.getOwnPropertySymbols(node)) {
    const metadata: unknown = Reflect.get(node, symbol)
    if (typeof metadata === "object" && metadata && "startIndex" in metadata) return Number(metadata.startIndex)
  }
  return 0
}

/** Counts lines as far as the index; cheap as long as it is asked in the order of the file. */
function lineCounter(text: string): (index: number) => number {
  let line = 1
  let next = text.indexOf("\n")
  return (index) => {
    for (; next >= 0 && next < index; next = text.indexOf("\n", next + 1)) line++
    return line
  }
}

import { screenXml } from "./xml-screening.ts"

/** One tag as it stands in the text: `attributes` as written, `from` and `to` its place. */
export type Tag = { name: string; attributes: string; isEnd: boolean; isEmpty: boolean; from: number; to: number }

/** A sheet of 20,000 rows and twenty columns stays under it; `readXml` makes a tree, which is too much for so many. */
const maxTags = 4_000_000

/** The text of a part of a workbook: UTF-8, screened as all XML of strangers is. Throws XmlRefused, and TypeError for bytes that are no UTF-8. */
export function screenedText(bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  screenXml(text, maxTags)
  return text
}

const tagPattern = /<(\/?)(?:[^\s<>/"':]+:)?([^\s<>/"':]+)((?:[^<>"']|"[^<"]*"|'[^<']*')*)>/y

/** Goes past the tags of screened text, in order; comments and the like are left out. Names are without their prefix. */
export function* tagsOf(text: string): Generator<Tag> {
  for (let from = text.indexOf("<"); from >= 0; ) {
    tagPattern.lastIndex = from
    const match = text[from + 1] === "!" || text[from + 1] === "?" ? null : tagPattern.exec(text)
    const to = match ? from + match[0].length : endOfOther(text, from)
    if (match) {
      const [, end, name = "", rest = ""] = match
      yield { name, attributes: rest, isEnd: end === "/", isEmpty: rest.endsWith("/"), from, to }
    }
    from = text.indexOf("<", to)
  }
}

function endOfOther(text: string, from: number): number {
  const end = text.startsWith("<!--", from) ? "-->" : text.startsWith("<![CDATA[", from) ? "]]>" : ">"
  return text.indexOf(end, from) + end.length
}

/** The value of an attribute as written, or "". */
export function attributeIn(attributes: string, name: string): string {
  const at = attributes.indexOf(` ${name}=`)
  const from = at + name.length + 3
  return at < 0 ? "" : plain(attributes.slice(from, attributes.indexOf(attributes[from - 1] ?? '"', from)))
}

const references: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

/** Text with its references as characters, and Excel's own way of writing a control character (_x000D_) as a space. */
export function plain(text: string): string {
  if (!text.includes("&") && !text.includes("_x")) return text
  const read = text.replace(/&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);/g, (whole, name: string) => {
    if (!name.startsWith("#")) return references[name] ?? whole
    return String.fromCodePoint(name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })
  return read.replace(/_x00[01][0-9A-Fa-f]_/g, " ").replace(/_x005F_/g, "_")
}

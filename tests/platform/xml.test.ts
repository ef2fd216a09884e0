import { expect, test } from "vitest"
import { namespaceOf, readXml, type XmlElement, XmlRefused } from "#platform/xml.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readXml(bytes(text))

function refusalOf(xml: string | Uint8Array, maxBytes?: number): [string, number | undefined] {
  try {
    readXml(typeof xml === "string" ? bytes(xml) : xml, maxBytes === undefined ? {} : { maxBytes })
  } catch (error) {
    if (error instanceof XmlRefused) return [error.code, error.line]
    throw error
  }
  throw new Error("this XML was read")
}

const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth)

test("an element has its text, attributes, children and line", () => {
  const root = read(`<?xml version="1.0"?>\r\n<l:r xmlns:l="urn:x" b="&quot;1&quot;">\r\n<!-- <c> -->\r\n  <c>x &amp; y &lt; <![CDATA[<z> & ]]>&#350;&#x53;</c><d/>\r\n</l:r>\r\n`)
  expect([root.name, root.prefix, root.line, namespaceOf(root), root.attributes.get("b")]).toEqual(["r", "l", 2, "urn:x", '"1"'])
  expect(root.children.map(({ name, text, line }) => [name, text, line])).toEqual([
    ["c", "x & y < <z> & ŞS", 4],
    ["d", "", 4],
  ])
})

test("an element that need not be read stays empty, and what follows keeps its line", () => {
  const xml = "<a>\n<b c='1'>x<d>\n<b>y</b></d></b>\n<l:b><d/></l:b><e>z</e></a>"
  const { children } = readXml(bytes(xml), { unread: ["b"] })
  expect(children.map(({ name, text, line, children: inside }) => [name, text, line, inside.length])).toEqual([["b", "", 2, 0], ["b", "", 4, 0], ["e", "z", 4, 0]])
  expect(refusalOf("<a><b>&x;</b></a>")[0]).toBe("doctype")
})

test("a reference is resolved once: an escaped escape stays text", () => {
  expect(read("<a>&amp;lt;script&amp;gt; &amp;#65;</a>").text).toBe("&lt;script&gt; &#65;")
})

test.each([
  ["UTF-8 without saying so", bytes("<a>Öztürk</a>")],
  ["UTF-8 with a byte order mark", bytes("\ufeff<a>Öztürk</a>")],
  ["ISO-8859-1", Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Öztürk</a>', "latin1")],
  ["Windows-1252", Buffer.from("<?xml version='1.0' encoding='windows-1252'?><a>Öztürk</a>", "latin1")],
  ["UTF-16", Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>Öztürk</a>', "utf16le")],
])("%s is read", (_, xml) => expect(readXml(xml).text).toBe("Öztürk"))

test.each([
  ["a byte that is not UTF-8", Buffer.from("<a>Özt</a>", "latin1")],
  ["UTF-16 without a byte order mark", Buffer.from("<a/>", "utf16le")],
  ["UTF-7", bytes('<?xml version="1.0" encoding="UTF-7"?><a>+ADw-b+AD4-</a>')],
  ["an encoding by the name of a JavaScript property", bytes('<?xml version="1.0" encoding="constructor"?><a/>')],
])("%s is refused as an encoding", (_, xml) => expect(refusalOf(xml)[0]).toBe("encoding"))

const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join("")

test.each([
  ["a DTD", "<!DOCTYPE a><a/>"],
  ["a DTD in small letters", "<!doctype a><a/>"],
  ["a DTD on line 2", '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "http://kwaad.test/a.dtd"><a/>'],
  ["an entity that reads a file", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ["a parameter entity", '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://kwaad.test/x">%x;]><a/>'],
  ["a billion laughs", `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l9;</a>`],
  ["an entity without a DTD", "<a>&x;</a>"],
  ["an entity in an attribute", "<a b='&x;'/>"],
  ["a declaration inside an element", '<a><!ENTITY x "y"></a>'],
  ["a DTD in UTF-16", Buffer.from("\ufeff<!DOCTYPE a><a/>", "utf16le")],
])("%s is refused before any parser sees it", (_, xml) => expect(refusalOf(xml)[0]).toBe("doctype"))

test("a comment or CDATA that only speaks of a DTD is read", () => {
  expect(read("<a><!-- <!DOCTYPE a> &x; --><![CDATA[<!DOCTYPE a> &x;]]></a>").text).toBe("<!DOCTYPE a> &x;")
})

test.each([
  ["nothing", "", 1],
  ["text", "beste salarisadministratie", 1],
  ["a PDF", "%PDF-1.7\n%âãÏÓ", 1],
  ["an element that is not closed", "<a>\n<b>\n</a>", 3],
  ["elements that cross", "<a>\n<b><c></b></c></a>", 2],
  ["two roots", "<a/>\n<b/>", 2],
  ["text behind the root", "<a/>\nb", 1],
  ["a bare ampersand", "<a>\nBakker & Zn</a>", 2],
  ["an attribute twice", "<a b='1' b='2'/>", 1],
  ["a comment that does not end", "<a>\n<!-- b</a>", 2],
  ["a control character", "<a>\n\u0001</a>", 2],
  ["a reference to a control character", "<a>\n&#1;</a>", 2],
  ["a reference beyond Unicode", "<a>&#x110000;</a>", 1],
])("%s is not XML", (_, xml, line) => expect(refusalOf(xml)).toEqual(["not-xml", line]))

test.each(["__proto__", "constructor", "prototype"])("an element or attribute called %s is refused and pollutes nothing", (name) => {
  expect(refusalOf(`<a><${name}><polluted>yes</polluted></${name}></a>`)[0]).toBe("not-xml")
  expect(refusalOf(`<a ${name}="x"/>`)[0]).toBe("not-xml")
  expect(Reflect.get({}, "polluted")).toBeUndefined()
})

test("other names of JavaScript's own are only names", () => {
  const names = ["toString", "hasOwnProperty", "length"]
  expect(read(`<a>${names.map((name) => `<${name}>x</${name}>`).join("")}</a>`).children.map(({ text }) => text)).toEqual(["x", "x", "x"])
})

test("50 levels are read and 51 are not", () => {
  const depthOf = (element: XmlElement): number => 1 + Math.max(0, ...element.children.map(depthOf))
  expect(depthOf(read(nested(50)))).toBe(50)
  expect(refusalOf(nested(51))[0]).toBe("too-large")
})

test.each([
  ["more bytes than allowed", "<a>12345</a>", 11],
  ["more than a million tags", `<a>${"<b/>".repeat(1_000_000)}</a>`, undefined],
  ["one endless tag", `<a ${"b".repeat(30_000)}="1"/>`, undefined],
  ["one endless text", `<a>${"x".repeat(30_000)}</a>`, undefined],
  ["one endless instruction", `<a><?x ${"y ".repeat(5_000)}?></a>`, undefined],
  ["a hundred thousand levels", nested(100_000), undefined],
  ["a quarter million references", `<a>${"<b>&amp;&amp;</b>".repeat(125_000)}</a>`, undefined],
])("%s is too large", (_, xml, maxBytes) => expect(refusalOf(xml, maxBytes)[0]).toBe("too-large"))

test.each([
  ["comments that never end", `<a>${"<!--".repeat(2_000_000)}`],
  ["quotes that never end", `<a b='${"x'".repeat(2_000_000)}`],
  ["opening brackets", "<".repeat(5_000_000)],
  ["ampersands", `<a>${"&".repeat(5_000_000)}</a>`],
])("ten million characters of %s are refused in a moment", (_, xml) => {
  const start = process.threadCpuUsage()
  expect(["not-xml", "too-large"]).toContain(refusalOf(xml)[0])
  const { user, system } = process.threadCpuUsage(start)
  expect(user + system).toBeLessThan(2_000_000)
})

test("a refusal holds nothing of the file", () => {
  expect(String(new XmlRefused("not-xml", 3))).toBe("XmlRefused: XML refused: not-xml")
})

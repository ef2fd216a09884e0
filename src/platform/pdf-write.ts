import { PDFArray, PDFDict, PDFInvalidObject, PDFRawStream, PDFRef, type PDFObject } from "./pdf-objects.ts"

/** An object as it stands in a file, cut where it names another one: it can be written under any numbers without being worked out again. */
export type Written = readonly (string | Uint8Array | PDFRef)[]

/** How an object is written. A stream's length is told as it is. */
export function writtenObject(object: PDFObject): Written {
  const pieces: (string | Uint8Array | PDFRef)[] = []
  let text = ""
  const cut = (piece: Uint8Array | PDFRef) => {
    pieces.push(text, piece)
    text = ""
  }
  const add = (one: PDFObject): void => {
    if (one instanceof PDFRef) cut(one)
    else if (one instanceof PDFDict) addDictionary(one)
    else if (one instanceof PDFRawStream) addStream(one)
    else if (one instanceof PDFArray) addArray(one)
    else text += one instanceof PDFInvalidObject ? rawText(one) : one.toString()
  }
  const addDictionary = (dictionary: PDFDict) => {
    text += "<<\n"
    for (const [key, value] of dictionary.entries()) {
      text += `${key.toString()} `
      add(value)
      text += "\n"
    }
    text += ">>"
  }
  const addArray = (array: PDFArray) => {
    text += "[ "
    for (const item of array.asArray()) {
      add(item)
      text += " "
    }
    text += "]"
  }
  const addStream = (stream: PDFRawStream) => {
    stream.updateDict()
    addDictionary(stream.dict)
    text += "\nstream\n"
    cut(stream.contents)
    text += "\nendstream"
  }
  add(object)
  return [...pieces, text]
}

function rawText(object: PDFInvalidObject): string {
  const bytes = Buffer.alloc(object.sizeInBytes())
  object.copyBytesInto(bytes, 0)
  return bytes.toString("latin1")
}

/** The objects that these name, they themselves first, in the order in which they are met. */
export function reachedFrom(roots: readonly PDFRef[], writtenAt: (reference: PDFRef) => Written): Set<PDFRef> {
  const reached = new Set(roots)
  for (const reference of reached) for (const piece of writtenAt(reference)) if (piece instanceof PDFRef) reached.add(piece)
  return reached
}

/** A PDF of these objects, numbered from 1 in their order, of which the first is its catalog. The same objects give the same bytes. */
export function writePdf(objects: ReadonlyMap<PDFRef, Written>): Uint8Array {
  const numbers = new Map([...objects.keys()].map((reference, index) => [reference, index + 1]))
  const pieces: (string | Uint8Array)[] = []
  let length = 0
  const add = (piece: string | Uint8Array) => {
    pieces.push(piece)
    length += piece.length
  }
  add("%PDF-1.7\n%\x81\x81\x81\x81\n\n")
  const places: number[] = []
  for (const written of objects.values()) {
    places.push(length)
    add(`${places.length} 0 obj\n`)
    for (const piece of written) add(piece instanceof PDFRef ? `${numberOf(numbers, piece)} 0 R` : piece)
    add("\nendobj\n\n")
  }
  const table = length
  add(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")}`)
  add(`\ntrailer\n<<\n/Size ${places.length + 1}\n/Root 1 0 R\n>>\n\nstartxref\n${table}\n%%EOF`)
  return joined(pieces, length)
}

function numberOf(numbers: ReadonlyMap<PDFRef, number>, reference: PDFRef): number {
  const number = numbers.get(reference)
  if (number === undefined) throw new Error("A PDF must hold every object that it names")
  return number
}

/** Characters are bytes here. */
function joined(pieces: readonly (string | Uint8Array)[], length: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(length)
  let at = 0
  for (const piece of pieces) {
    if (typeof piece === "string") bytes.write(piece, at, "latin1")
    else bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

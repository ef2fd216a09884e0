import { copyLayers } from "./pdf-layers.ts"
import { calledNames, type Called } from "./pdf-names.ts"
import { PDFArray, PDFContext, PDFDict, PDFDocument, PDFName, PDFNull, PDFObject, PDFRawStream, PDFRef, PDFStream, PDFString, ParseSpeeds } from "./pdf-objects.ts"
import { PdfRefused } from "./pdf-refused.ts"
import { reachedFrom, writePdf, writtenObject, type Written } from "./pdf-write.ts"

/**
 * Takes pages out of a PDF as documents of their own. Not by leaving things out of a copy, but by taking in only what a page needs to be
 * drawn: the pages of others, outlines, destinations, form fields, attachments, tags and metadata are never reached, and of a resource list
 * that pages share only the names stay that the page's own content calls.
 */
export type Source = { document: PDFDocument; pages: readonly PDFDict[]; pageRefs: ReadonlySet<PDFRef> }

/** Reads the structure of a PDF without a password. Refuses as "broken" what pdf-lib cannot follow. */
export async function openSource(bytes: Uint8Array): Promise<Source> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false, parseSpeed: ParseSpeeds.Fastest })
    const pages = document.getPages()
    return { document, pages: pages.map((page) => page.node), pageRefs: new Set(pages.map((page) => page.ref)) }
  } catch {
    throw new PdfRefused("broken")
  }
}

/** Parts that were taken out of one document: each as a PDF of its own, and all their pages one after the other, of the same objects, as one PDF. */
export type Cut = { part: (index: number) => Uint8Array; together: () => Uint8Array }

/** Takes out these lists of pages (from 1). What they share is copied and worked out once; the same input gives the same bytes. Refuses as "broken" what it cannot follow. */
export function cutParts(source: Source, parts: readonly (readonly number[])[]): Cut {
  const context = PDFContext.create()
  const copy: Copy = { source, context, copied: new Map(), layers: [] }
  const tree = context.nextRef()
  const pages = orBroken(() => parts.map((part) => part.map((page) => context.register(copyPage(copy, source.pages[page - 1], tree)))))
  const known = new Map<PDFRef, Written>([[tree, []]])
  const writtenAt = (reference: PDFRef) => {
    const written = known.get(reference) ?? writtenObject(context.lookup(reference) ?? PDFNull)
    known.set(reference, written)
    return written
  }
  const write = (kids: PDFRef[]) => {
    const reached = reachedFrom([tree, ...kids], writtenAt)
    const catalog = context.obj({ Type: "Catalog", Pages: tree })
    copyLayers(copy, catalog, reached)
    const objects = new Map([...reached].map((reference) => [reference, writtenAt(reference)]))
    objects.set(tree, writtenObject(context.obj({ Type: "Pages", Kids: kids, Count: kids.length })))
    return writePdf(new Map([[catalogRef, writtenObject(catalog)], ...objects]))
  }
  return { part: (index) => orBroken(() => write(pages[index] ?? [])), together: () => orBroken(() => write(pages.flat())) }
}

/** Names nothing that was copied: those are numbered from 1. */
const catalogRef = PDFRef.of(0)

function orBroken<T>(work: () => T): T {
  try {
    return work()
  } catch {
    throw new PdfRefused("broken")
  }
}

/** What was copied so far, and the layers among it as the source names them. */
export type Copy = { source: Source; context: PDFContext; copied: Map<PDFRef, PDFRef>; layers: PDFRef[] }

const names = (...list: string[]) => list.map((name) => PDFName.of(name))
const inherited = names("MediaBox", "CropBox", "Rotate")
const ofThePage = names("BleedBox", "TrimBox", "ArtBox", "Contents", "Group", "UserUnit")
const tags = names("StructParent", "StructParents", "StructTreeRoot")
const neverCopied = new Set([...tags, ...names("Parent", "P", "Popup", "Dest", "AA", "Ref", "AF", "OPI", "Thumb", "Resources", "Metadata", "CreatorInfo", "PieceInfo", "LastModified")])
const neverReached = new Set(names("Page", "Pages", "Catalog", "StructTreeRoot", "StructElem", "Outlines", "Metadata", "Filespec", "EmbeddedFile", "Template"))
const keyedByName = new Set(names("CharProcs", "Colorants", "Process"))
const ofAnAnnotation = names("Rect", "F", "C", "IC", "QuadPoints", "L", "LE", "Vertices", "InkList", "BS", "BE", "Border", "CA", "DA", "OC")
/** What a form or image is drawn by (ISO 32000-2, tables 87 and 93). A program may hang anything else on it. */
const ofADrawing = new Set(names("Type", "Subtype", "FormType", "BBox", "Matrix", "Group", "OC", "Length", "Filter", "DecodeParms", "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent", "ImageMask", "Mask", "Decode", "Interpolate", "SMask", "SMaskInData", "Matte"))
const namedResources = names("ExtGState", "ColorSpace", "Pattern", "Shading", "XObject", "Font", "Properties")

const [resourcesKey, typeKey, subtypeKey, layerKey, nameKey, drawingKey] = [PDFName.of("Resources"), PDFName.of("Type"), PDFName.of("Subtype"), PDFName.of("OCG"), PDFName.of("Name"), PDFName.of("XObject")]
const drawingKinds = new Set<PDFObject | undefined>(names("Form", "Image"))

function copyPage(copy: Copy, page: PDFDict | undefined, tree: PDFRef): PDFDict {
  if (!page) throw new PdfRefused("broken")
  const result = copy.context.obj({ Type: "Page", Parent: tree })
  for (const key of inherited) setCopied(copy, result, key, findInherited(page, key))
  for (const key of ofThePage) setCopied(copy, result, key, page.get(key))
  const resources = findInherited(page, resourcesKey)
  if (resources instanceof PDFDict) result.set(resourcesKey, copyResources(copy, resources, calledNames(page.lookup(PDFName.of("Contents")))))
  const annotations = page.lookup(PDFName.of("Annots"))
  if (annotations instanceof PDFArray) setAnnotations(copy, result, annotations)
  return result
}

function findInherited(page: PDFDict, key: PDFName): PDFObject | undefined {
  let node: PDFObject | undefined = page
  for (let depth = 0; node instanceof PDFDict && depth < 64; depth++) {
    const found = node.lookup(key)
    if (found && found !== PDFNull) return found
    node = node.lookup(PDFName.of("Parent"))
  }
  return undefined
}

function setCopied(copy: Copy, into: PDFDict, key: PDFName, object: PDFObject | undefined) {
  if (object) into.set(key, copyObject(copy, object))
}

function copyObject(copy: Copy, object: PDFObject): PDFObject {
  if (object instanceof PDFRef) return copyReference(copy, object)
  if (object instanceof PDFDict) return copyDictionary(copy, object, object)
  if (object instanceof PDFRawStream) return PDFRawStream.of(copyDictionary(copy, object.dict, object), object.contents)
  if (object instanceof PDFStream) throw new PdfRefused("broken")
  if (!(object instanceof PDFArray)) return object
  const result = PDFArray.withContext(copy.context)
  for (const item of object.asArray()) result.push(copyObject(copy, item))
  return result
}

function copyReference(copy: Copy, reference: PDFRef): PDFObject {
  const known = copy.copied.get(reference)
  if (known) return known
  const object = copy.source.document.context.lookup(reference)
  if (!object || copy.source.pageRefs.has(reference) || isOutOfReach(object)) return PDFNull
  const result = copy.context.nextRef()
  copy.copied.set(reference, result)
  if (object instanceof PDFDict && object.get(typeKey) === layerKey) copy.layers.push(reference)
  copy.context.assign(result, copyObject(copy, object))
  return result
}

function isOutOfReach(object: PDFObject): boolean {
  const dictionary = object instanceof PDFStream ? object.dict : object
  if (!(dictionary instanceof PDFDict)) return false
  const type = dictionary.lookup(typeKey)
  return type instanceof PDFName && neverReached.has(type)
}

function copyDictionary(copy: Copy, dictionary: PDFDict, owner: PDFObject): PDFDict {
  const result = PDFDict.withContext(copy.context)
  if (isOutOfReach(dictionary)) return result
  const isDrawing = owner instanceof PDFStream && drawingKinds.has(dictionary.lookup(subtypeKey))
  for (const [key, value] of dictionary.entries()) {
    if (isDrawing && !ofADrawing.has(key)) continue
    const names = keyedByName.has(key) ? dictionary.lookup(key) : undefined
    if (names instanceof PDFDict) result.set(key, copyNamed(copy, names))
    else if (!neverCopied.has(key)) result.set(key, copyObject(copy, value))
  }
  // A layer may bear somebody's name, and a page names those of others where it asks whether any is shown.
  if (dictionary.lookup(typeKey) === layerKey) result.set(nameKey, PDFString.of(""))
  const resources = dictionary.lookup(resourcesKey)
  if (resources instanceof PDFDict) result.set(resourcesKey, copyResources(copy, resources, calledNames(contentOf(owner, dictionary))))
  return result
}

/** The letters of a font and the inks of a colour go by names of their own, of which one may be "P". */
function copyNamed(copy: Copy, dictionary: PDFDict): PDFDict {
  const result = PDFDict.withContext(copy.context)
  for (const [name, value] of dictionary.entries()) result.set(name, copyObject(copy, value))
  return result
}

/** What a dictionary with resources of its own draws: a form or pattern its stream, a Type 3 font the streams of its letters. */
function contentOf(owner: PDFObject, dictionary: PDFDict): PDFObject | undefined {
  if (owner instanceof PDFStream) return owner
  const letters = dictionary.lookup(PDFName.of("CharProcs"))
  if (!(letters instanceof PDFDict)) return undefined
  const list = PDFArray.withContext(dictionary.context)
  for (const letter of letters.values()) list.push(letter)
  return list
}

function copyResources(copy: Copy, resources: PDFDict, called: Called): PDFDict {
  const result = PDFDict.withContext(copy.context)
  addNamesOfForms(resources, called)
  for (const category of namedResources) {
    const entries = resources.lookup(category)
    if (!(entries instanceof PDFDict)) continue
    const kept = PDFDict.withContext(copy.context)
    const wanted = category === drawingKey ? called.drawn : called.names
    for (const [name, value] of entries.entries()) if (wanted.has(name)) kept.set(name, copyObject(copy, value))
    result.set(category, kept)
  }
  return result
}

/** A form without resources of its own uses those of the page that draws it. */
function addNamesOfForms(resources: PDFDict, called: Called) {
  const forms = resources.lookup(drawingKey)
  if (!(forms instanceof PDFDict)) return
  const seen = new Set<PDFName>()
  for (const name of called.drawn) {
    if (seen.has(name)) continue
    seen.add(name)
    const form = forms.lookup(name)
    if (!(form instanceof PDFStream) || form.dict.lookup(subtypeKey) !== PDFName.of("Form") || form.dict.has(resourcesKey)) continue
    const inner = calledNames(form)
    for (const one of inner.names) called.names.add(one)
    for (const one of inner.drawn) called.drawn.add(one)
  }
}

/**
 * Annotations are copied for how they look only: no field, action, pop-up or note goes along. A form field becomes a stamp with the look of
 * what was filled in. Of links only those to a web address stay.
 */
function setAnnotations(copy: Copy, page: PDFDict, annotations: PDFArray) {
  const kept = PDFArray.withContext(copy.context)
  for (let index = 0; index < annotations.size(); index++) {
    const annotation = annotations.lookup(index)
    const result = annotation instanceof PDFDict ? copyAnnotation(copy, annotation) : undefined
    if (result) kept.push(copy.context.register(result))
  }
  if (kept.size() > 0) page.set(PDFName.of("Annots"), kept)
}

function copyAnnotation(copy: Copy, annotation: PDFDict): PDFDict | undefined {
  const kind = annotation.lookup(subtypeKey)
  if (!(kind instanceof PDFName)) return undefined
  const appearance = findAppearance(annotation)
  const action = annotation.lookup(PDFName.of("A"))
  const address = action instanceof PDFDict && action.lookup(PDFName.of("S")) === PDFName.of("URI") ? action.lookup(PDFName.of("URI")) : undefined
  const isLink = kind === PDFName.of("Link")
  const isDrawing = drawings.has(kind)
  if (isLink ? !address : !appearance && !isDrawing) return undefined
  const result = copy.context.obj({ Type: "Annot" })
  result.set(subtypeKey, isLink || isDrawing ? kind : PDFName.of("Stamp"))
  for (const key of ofAnAnnotation) setCopied(copy, result, key, annotation.get(key))
  if (isLink && address) result.set(PDFName.of("A"), copy.context.obj({ S: "URI", URI: copyObject(copy, address) }))
  if (kind === PDFName.of("FreeText")) setCopied(copy, result, PDFName.of("Contents"), annotation.get(PDFName.of("Contents")))
  if (appearance) result.set(PDFName.of("AP"), copy.context.obj({ N: copyObject(copy, appearance) }))
  return result
}

const drawings = new Set(names("Highlight", "Underline", "Squiggly", "StrikeOut", "Line", "Square", "Circle", "Polygon", "PolyLine", "Ink", "FreeText"))

function findAppearance(annotation: PDFDict): PDFObject | undefined {
  const looks = annotation.lookup(PDFName.of("AP"))
  if (!(looks instanceof PDFDict)) return undefined
  const normal = looks.lookup(PDFName.of("N"))
  if (normal instanceof PDFStream) return looks.get(PDFName.of("N"))
  const state = annotation.lookup(PDFName.of("AS"))
  return normal instanceof PDFDict && state instanceof PDFName && normal.lookup(state) instanceof PDFStream ? normal.get(state) : undefined
}

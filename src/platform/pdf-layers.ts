import { PDFArray, PDFDict, PDFName, type PDFRef } from "./pdf-objects.ts"
import type { Copy } from "./pdf-split.ts"

/** Writes into a catalog which of the layers that were reached are hidden: those that were hidden stay hidden. */
export function copyLayers(copy: Copy, catalog: PDFDict, reached: ReadonlySet<PDFRef>) {
  const toCopied = (layers: PDFRef[]) => layers.flatMap((layer) => copy.copied.get(layer) ?? [])
  const layers = copy.layers.filter((layer) => toCopied([layer]).some((copied) => reached.has(copied)))
  if (layers.length === 0) return
  const properties = copy.source.document.catalog.lookup(PDFName.of("OCProperties"))
  const settings = properties instanceof PDFDict ? properties.lookup(PDFName.of("D")) : undefined
  const hidden = settings instanceof PDFDict ? settings.lookup(PDFName.of("OFF")) : undefined
  const off = hidden instanceof PDFArray ? hidden.asArray() : []
  const allOff = settings instanceof PDFDict && settings.lookup(PDFName.of("BaseState")) === PDFName.of("OFF")
  const shown = settings instanceof PDFDict ? settings.lookup(PDFName.of("ON")) : undefined
  const on = shown instanceof PDFArray ? shown.asArray() : []
  const isOff = (layer: PDFRef) => off.includes(layer) || (allOff && !on.includes(layer))
  catalog.set(PDFName.of("OCProperties"), copy.context.obj({ OCGs: toCopied(layers), D: { OFF: toCopied(layers.filter(isOff)) } }))
}

export const pdfRefusals = ["not-a-pdf", "encrypted", "broken", "empty", "no-such-page", "too-large", "timeout"] as const

export type PdfRefusal = (typeof pdfRefusals)[number]

/** A file that cannot be used as a PDF, with a stable code. The message is the code: it never shows content or a name. */
export class PdfRefused extends Error {
  readonly code: PdfRefusal

  constructor(code: PdfRefusal) {
    super(code)
    this.name = "PdfRefused"
    this.code = code
  }
}

/** The refusal behind a code that came over a thread's wire; anything unknown counts as "broken". */
export function toPdfRefused(code: string): PdfRefused {
  return new PdfRefused(pdfRefusals.find((known) => known === code) ?? "broken")
}

import type { PdfPasswords } from "./pdf-lock.ts"
import type { PdfPage } from "./pdf-text.ts"

export type PdfPart = Uint8Array

/** A page (from 1) with the text that was read on it. */
export type KnownPage = { page: number; text: string }

/** What a PDF thread can be asked; pages count from 1. The jobs that split one document have its id in common, and its bytes in shared memory. */
export type Job =
  | { kind: "read"; bytes: Uint8Array }
  | { kind: "paint"; bytes: Uint8Array; page: number; width: number }
  | { kind: "split"; document: string; bytes: Uint8Array; parts: readonly (readonly KnownPage[])[] }
  | { kind: "lock"; bytes: Uint8Array; passwords: PdfPasswords }

export type Result = PdfPage[] | PdfPart[] | Uint8Array

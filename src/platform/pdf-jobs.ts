import type { PdfPasswords } from "./pdf-lock.ts"
import type { PdfPage } from "./pdf-text.ts"

export type PdfPart = Uint8Array

/** What the PDF thread can be asked; pages count from 1. */
export type Job =
  | { kind: "read"; bytes: Uint8Array }
  | { kind: "paint"; bytes: Uint8Array; page: number; width: number }
  | { kind: "split"; bytes: Uint8Array; parts: readonly (readonly number[])[] }
  | { kind: "lock"; bytes: Uint8Array; passwords: PdfPasswords }

export type Result = PdfPage[] | PdfPart[] | Uint8Array

/** What the photo thread can be asked: a photo as it is kept, or as a page of a PDF (at most 300 points an inch on A4, always JPEG). */
export type PhotoJob = { kind: "jpeg" | "png" | "heic"; as: "photo" | "page"; bytes: Uint8Array; maxPixels: number }

/** A photo made anew, upright and without anything that stood beside its points. `isGrey`: one value a point instead of three. */
export type MadePhoto = { mediaType: "image/jpeg" | "image/png"; bytes: Uint8Array; width: number; height: number; isGrey: boolean }

export type PhotoRefusal = "photo-broken" | "photo-too-large" | "photo-too-slow"

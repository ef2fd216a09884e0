/** The part of libheif's WebAssembly build that photo-thread.ts uses; the package describes only the C functions underneath. */
declare module "libheif-js/libheif-wasm/libheif-bundle.mjs" {
  type Pixels = { data: Uint8ClampedArray; width: number; height: number }
  export type HeifImage = {
    get_width(): number
    get_height(): number
    is_primary(): boolean
    display(into: Pixels, done: (pixels: Pixels | null) => void): void
    free(): void
  }
  export type LibHeif = {
    HEAPU8: Uint8Array
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] }
  }
  export default function start(): LibHeif
}

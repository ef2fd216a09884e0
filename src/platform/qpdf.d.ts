/** The part of qpdf's WebAssembly build that pdf-lock.ts uses; what its package describes leaves out how a file gets in. */
declare module "@neslinesli93/qpdf-wasm/dist/qpdf.js" {
  type Options = { locateFile: () => string; noInitialRun: true; print: (line: string) => void; printErr: (line: string) => void }
  type Qpdf = {
    callMain(args: string[]): number
    FS: { writeFile(path: string, bytes: Uint8Array): void; readFile(path: string): Uint8Array }
  }
  export default function start(options: Options): Promise<Qpdf>
}

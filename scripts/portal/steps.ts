/** Runs one step and prints it on a line of its own with its duration. What the step returns is what comes back. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  process.stdout.write(`  ${title.padEnd(40)}`)
  const done = await work()
  process.stdout.write(`${seconds(performance.now() - started).padStart(8)}\n`)
  return done
}

/** Milliseconds as people read them: "0,4 s". */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).replace(".", ",")} s`
}

/** Something the reader can do something about: shown as it is, without a stack. */
export class Stopped extends Error {}

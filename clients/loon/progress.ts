import { stderr } from "node:process"

/** A bar that shows how much of so many bytes is done, and how long the rest takes; only on a terminal. `last` is what goes on when all of it is. */
export function barOf(total: number, last = "het portaal leest"): { show: (done: number) => void; end: () => void } {
  let shown = -1
  let first: { at: number; done: number } | undefined
  const left = (done: number) => {
    first ??= { at: performance.now(), done }
    const seconds = (performance.now() - first.at) / 1000
    return seconds < 2 || done <= first.done ? "" : `  nog ${timeWord((seconds / (done - first.done)) * (total - done))}`
  }
  const show = (done: number) => {
    const percent = Math.floor((100 * done) / Math.max(total, 1))
    if (!stderr.isTTY || percent === shown) return
    shown = percent
    stderr.write(`\r[${"#".repeat(percent / 4).padEnd(25)}] ${String(percent).padStart(3)}%${percent === 100 ? `  ${last}` : left(done)}\u001b[K`)
  }
  const end = () => {
    if (shown >= 0) stderr.write("\r\u001b[K")
    shown = -1
  }
  return { show, end }
}

/** So many seconds, as people say it. */
export function timeWord(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} uur`
}

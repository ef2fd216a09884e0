import { stderr } from "node:process"

/** A bar that shows how much of so many bytes is on its way; only on a terminal. */
export function barOf(total: number): { show: (sent: number) => void; end: () => void } {
  let shown = -1
  const show = (sent: number) => {
    const percent = Math.floor((100 * sent) / Math.max(total, 1))
    if (!stderr.isTTY || percent === shown) return
    shown = percent
    stderr.write(`\r[${"#".repeat(percent / 4).padEnd(25)}] ${String(percent).padStart(3)}%${percent === 100 ? "  het portaal leest" : ""}`)
  }
  const end = () => {
    if (shown >= 0) stderr.write("\r\u001b[K")
    shown = -1
  }
  return { show, end }
}

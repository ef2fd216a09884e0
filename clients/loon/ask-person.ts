import { stdin, stderr } from "node:process"
import { createInterface } from "node:readline/promises"
import { exits, Stop } from "./exits.ts"

/** Asks something on the terminal, on the side of stderr. */
export async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** Asks for a secret: on a terminal without showing what is typed, else the first line that comes in. */
export async function askSecret(question: string): Promise<string> {
  if (!stdin.isTTY) return firstLine()
  stderr.write(question)
  stdin.setRawMode(true)
  try {
    let typed = ""
    for await (const piece of stdin) {
      for (const sign of String(piece)) {
        if (sign === "\r" || sign === "\n" || sign === "\u0004") return typed
        if (sign === "\u0003") throw new Stop(exits.halfWay, "stopped", "Gestopt. Er is niets bewaard.")
        typed = sign === "\u007f" ? typed.slice(0, -1) : typed + sign
      }
    }
    return typed
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write("\n")
  }
}

async function firstLine(): Promise<string> {
  let text = ""
  for await (const piece of stdin) {
    text += String(piece)
    if (text.includes("\n") || text.length > 10_000) break
  }
  return text.split(/\r?\n/)[0] ?? ""
}

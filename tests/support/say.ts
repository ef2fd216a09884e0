import { connect } from "node:net"

/** Says something over a bare line, and hears what comes back until it closes or a whole answer in JSON is there. `close`: the line ends after what was said. */
export async function say(url: string, text: string, close = false): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(text)
  if (close) socket.end()
  let heard = ""
  try {
    for await (const piece of socket) {
      heard += String(piece)
      if (/\r\n\r\n[\s\S]*\}/.test(heard)) break
    }
  } catch {
    return heard
  }
  socket.destroy()
  return heard
}

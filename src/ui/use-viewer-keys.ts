import { useEffect, useRef } from "react"
import { isFree } from "./free-key.ts"

/** Which key does what, by KeyboardEvent.key. */
export type KeyMoves = Readonly<Record<string, () => void>>

/** Keys for the whole page while a document stands on it; not while somebody types, holds a modifier, or has a dialog open. */
export function useViewerKeys(moves: KeyMoves): void {
  const latest = useRef(moves)
  latest.current = moves
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const move = isFree(event) ? latest.current[event.key] : undefined
      if (!move) return
      event.preventDefault()
      move()
    }
    document.addEventListener("keydown", onKey)
    return () => document.removeEventListener("keydown", onKey)
  }, [])
}

"use client"

import { useEffect } from "react"
import { isFree } from "./free-key.ts"

/** j goes to the next file, k to the previous one: along the page's own links, so that what they carry goes along. */
export function NeighbourKeys() {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const rel = { j: "next", k: "prev" }[event.key]
      const link = rel && isFree(event) ? document.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`) : null
      link?.click()
    }
    document.addEventListener("keydown", onKey)
    return () => document.removeEventListener("keydown", onKey)
  }, [])
  return null
}

"use client"

import { type ReactNode, useEffect, useState } from "react"

/** The token behind the # of the address, cleared from the address bar and sent along hidden; without one, `children`: a field to paste it in. */
export function TokenField({ children }: { children: ReactNode }) {
  const [token, setToken] = useState("")
  useEffect(() => {
    const given = location.hash.slice(1)
    if (!given) return
    history.replaceState(history.state, "", location.pathname)
    setToken(given)
  }, [])
  return token ? <input type="hidden" name="token" value={token} /> : children
}

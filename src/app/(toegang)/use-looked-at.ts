"use client"

import { useEffect, useRef, useState } from "react"
import type { Action } from "#auth/action-door.ts"

/**
 * What the one-time link of this address can do: its token stands behind the #, which no server sees; it is taken from there, cleared from the address bar and
 * posted, once. "asking" without a token, or when looking failed: then there is a field for it. Undefined until the scripts came.
 */
export function useLookedAt<LookedAt>(lookAction: Action<LookedAt>): LookedAt | "looking" | "asking" | undefined {
  const [looked, setLooked] = useState<LookedAt | "looking" | "asking">()
  const begun = useRef(false)

  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const token = location.hash.slice(1)
    history.replaceState(history.state, "", location.pathname)
    if (!token) return setLooked("asking")
    setLooked("looking")
    const form = new FormData()
    form.set("token", token)
    lookAction({ status: "idle" }, form).then(
      (answer) => setLooked(() => (answer.status === "done" ? answer.result : "asking")),
      () => setLooked("asking"),
    )
  }, [lookAction])
  return looked
}

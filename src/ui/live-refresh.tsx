"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"

/** Asks the page again every `every` ms while `active`, for work that goes on elsewhere. Rests while the page is not looked at. */
export function LiveRefresh({ active, every }: { active: boolean; every: number }) {
  const router = useRouter()
  useEffect(() => {
    if (!active) return
    const ask = () => document.visibilityState === "visible" && router.refresh()
    const timer = setInterval(ask, every)
    document.addEventListener("visibilitychange", ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", ask)
    }
  }, [active, every, router])
  return null
}

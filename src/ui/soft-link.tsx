"use client"

import { useRouter } from "next/navigation"
import { type ComponentProps, type MouseEvent, useTransition } from "react"

/**
 * A link within the portal that changes the page without loading it anew; busy while the page is on its way. Without JavaScript a plain link. It
 * stands in for next/link, of which only this is wanted and which alone is a fifth of what a page of ours loads besides the framework.
 */
export function SoftLink({ href, replace = false, ...link }: ComponentProps<"a"> & { href: string; replace?: boolean }) {
  const router = useRouter()
  const [pending, startGoing] = useTransition()

  function go(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    startGoing(() => (replace ? router.replace(href) : router.push(href)))
  }

  return <a {...link} href={href} onClick={go} aria-busy={pending || undefined} />
}

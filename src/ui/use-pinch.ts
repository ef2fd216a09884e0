import { type RefObject, useEffect, useRef } from "react"

/**
 * Two fingers, or a touchpad's pinch (a wheel with Ctrl), on this element: `onPinch` gets by how much it grew since the last time. The browser's
 * own pinch stays what it is everywhere else. Fingers are followed on what they touched first: it goes on telling of them when a new drawing has
 * taken its place (W3C Touch Events, "the target of this event").
 */
export function usePinch(on: RefObject<HTMLElement | null>, onPinch: (factor: number) => void): void {
  const latest = useRef(onPinch)
  latest.current = onPinch
  useEffect(() => {
    const element = on.current
    if (!element) return
    let before = 0
    const distance = ({ touches: [one, other] }: TouchEvent) => (one && other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0)
    function onTouch(event: TouchEvent) {
      const now = distance(event)
      if (now > 0) event.preventDefault()
      if (now > 0 && before > 0 && Math.abs(now / before - 1) < 0.04) return
      if (now > 0 && before > 0) latest.current(now / before)
      before = now
    }
    const onMove = (event: Event) => event instanceof TouchEvent && onTouch(event)
    function onWheel(event: WheelEvent) {
      if (!event.ctrlKey) return
      event.preventDefault()
      latest.current(Math.exp(-event.deltaY / 100))
    }
    const leaving = new AbortController()
    const options = { passive: false, signal: leaving.signal }
    element.addEventListener("touchstart", (event) => {
      for (const kind of ["touchmove", "touchend"] as const) for (const { target } of event.changedTouches) target.addEventListener(kind, onMove, options)
      onTouch(event)
    }, options)
    element.addEventListener("wheel", onWheel, options)
    return () => leaving.abort()
  }, [on])
}

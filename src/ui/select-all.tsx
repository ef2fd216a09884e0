"use client"

import { useEffect, useRef } from "react"

/** Ticks every checkbox with `name` in its form that is on screen, or none. Only there with JavaScript; without it one ticks by hand. */
export function SelectAll({ name, label }: { name: string; label: string }) {
  const box = useRef<HTMLInputElement>(null)
  const boxes = () => [...(box.current?.form?.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`) ?? [])].filter((one) => one.checkVisibility())
  useEffect(() => {
    const form = box.current?.form
    const show = () => {
      const all = boxes()
      const ticked = all.filter((one) => one.checked).length
      if (!box.current) return
      box.current.checked = ticked > 0 && ticked === all.length
      box.current.indeterminate = ticked > 0 && ticked < all.length
    }
    form?.addEventListener("change", show)
    return () => form?.removeEventListener("change", show)
  })
  return (
    <label className="check">
      <input ref={box} type="checkbox" onChange={(event) => { for (const one of boxes()) one.checked = event.target.checked }} />
      <span>{label}</span>
    </label>
  )
}

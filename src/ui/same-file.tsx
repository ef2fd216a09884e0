"use client"

import { useEffect, useRef, useState } from "react"

/** Sends a file that was chosen before once more, from the browser's memory. Without JavaScript, or without the file, it asks for it. */
export function SameFile({ file, label }: { file: File | undefined; label: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [isKept, setIsKept] = useState(false)
  useEffect(() => {
    if (!file || !input.current) return
    const carrier = new DataTransfer()
    carrier.items.add(file)
    input.current.files = carrier.files
    setIsKept(true)
  }, [file])
  return (
    <div className="field" hidden={isKept}>
      <label htmlFor="file">{label}</label>
      <input ref={input} id="file" type="file" name="file" className="input" />
    </div>
  )
}

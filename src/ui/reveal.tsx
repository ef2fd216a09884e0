"use client"

import { type ComponentProps, useState } from "react"

/** The input of a password, with an eye that shows what was typed. Without JavaScript it is a plain password input. */
export function Reveal({ show, hide, ...input }: { show: string; hide: string } & Omit<ComponentProps<"input">, "type">) {
  const [visible, setVisible] = useState(false)
  const label = visible ? hide : show
  return (
    <span className="secret">
      <input {...input} type={visible ? "text" : "password"} className="input" autoCapitalize="none" spellCheck={false} />
      <button type="button" className={`act icon-${visible ? "hide" : "view"}`} aria-label={label} title={label} aria-pressed={visible} onClick={() => setVisible(!visible)} />
    </span>
  )
}

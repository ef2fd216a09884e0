"use client"

import { type ComponentProps, useState } from "react"
import { useTied } from "./field-control.tsx"

type Props = { show: string; hide: string; name: string; hinted: boolean; error?: string } & Omit<ComponentProps<"input">, "type">

/** The input of a password, with an eye that shows what was typed. Without JavaScript it is a plain password input. */
export function Reveal({ show, hide, hinted, error, ...input }: Props) {
  const { typed: _never, ...attributes } = useTied(input.name, hinted, error)
  const [visible, setVisible] = useState(false)
  const label = visible ? hide : show
  return (
    <span className="secret">
      <input {...input} {...attributes} type={visible ? "text" : "password"} className="input" autoCapitalize="none" spellCheck={false} />
      <button type="button" className={`act icon-${visible ? "hide" : "view"}`} aria-label={label} title={label} aria-pressed={visible} onClick={() => setVisible(!visible)} />
    </span>
  )
}

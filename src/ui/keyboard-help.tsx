"use client"

import { useEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"

import { closeMenus } from "./close-menus.ts"
import { obeyCommands } from "./obey-commands.ts"

/** "/" goes to the first search box on the page, or without one to the search over everything; "?" shows the keys. Nothing happens while somebody types in a field. The keys are not on the page before they are asked for. */
export function KeyboardHelp({ title, close, keys }: { title: string; close: string; keys: readonly (readonly [key: string, meaning: string])[] }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isAsked, setAsked] = useState(false)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === "/") {
        const box = [...document.querySelectorAll<HTMLInputElement>("[data-find]")].find((one) => one.checkVisibility())
        event.preventDefault()
        if (!box) return document.querySelector<HTMLAnchorElement>("[data-search]")?.click()
        box.focus()
        box.select()
      }
      if (event.key !== "?") return
      flushSync(() => setAsked(true))
      dialog.current?.showModal()
    }
    const stops = [obeyCommands(), closeMenus()]
    document.addEventListener("keydown", onKey)
    return () => {
      for (const stop of stops) stop()
      document.removeEventListener("keydown", onKey)
    }
  }, [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="toetsen">
      {isAsked && (
        <>
          <h2 id="toetsen">{title}</h2>
          <dl className="keys">
            {keys.map(([key, meaning]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          <form method="dialog" className="answer">
            <button className="btn">{close}</button>
          </form>
        </>
      )}
    </dialog>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
}

"use client"

import type { MouseEvent } from "react"
import { Button } from "./button.tsx"

const address = "/api/files/zip"

/**
 * "Download selectie", for any form whose checkboxes are called "bestand": the chosen files in one zip, in a form of its own, so that the form it
 * stands in keeps its action. Without JavaScript the button sends that form along itself.
 */
export function DownloadSelection({ label }: { label: string }) {
  return (
    <Button type="submit" formAction={address} formMethod="post" formEncType="application/x-www-form-urlencoded" formNoValidate icon="download" onClick={send}>
      {label}
    </Button>
  )
}

function send(event: MouseEvent<HTMLButtonElement>): void {
  const { form } = event.currentTarget
  if (!form) return
  event.preventDefault()
  const own = document.createElement("form")
  own.method = "post"
  own.action = address
  own.hidden = true
  for (const id of new FormData(form).getAll("bestand")) {
    const field = document.createElement("input")
    field.name = "bestand"
    field.value = String(id)
    own.append(field)
  }
  document.body.append(own)
  own.submit()
  own.remove()
}

"use client"

import type { ComponentProps } from "react"
import { useAnswered } from "./action-answer.tsx"

type Tied = { name: string; hinted: boolean; error?: string }

/** The input of a Field, tied to its label, hint and error. */
export function FieldInput({ hinted, error, ...input }: Tied & ComponentProps<"input">) {
  const { typed, ...attributes } = useTied(input.name, hinted, error)
  return <input {...input} {...attributes} defaultValue={typed ?? input.defaultValue} />
}

/** The select of a SelectField. */
export function FieldSelect({ hinted, error, ...select }: Tied & ComponentProps<"select">) {
  const { typed, ...attributes } = useTied(select.name, hinted, error)
  return <select {...select} {...attributes} defaultValue={typed ?? select.defaultValue} />
}

/** The textarea of a TextField. */
export function FieldArea({ hinted, error, ...area }: Tied & ComponentProps<"textarea">) {
  const { typed, ...attributes } = useTied(area.name, hinted, error)
  return <textarea {...area} {...attributes} defaultValue={typed ?? area.defaultValue} />
}

/** The sentence of a wrong field, between its label and its control. */
export function FieldFault({ name, error: given }: { name: string; error?: string }) {
  const { error } = useAnswered(name, given)
  return error ? (
    <p className="wrong" id={`${name}-fout`}>
      <i className="icon icon-bad small" aria-hidden="true" />
      {error}
    </p>
  ) : null
}

/** The attributes that tie a control of your own making to its label, hint and error, and what was typed in it before. */
export function useTied(name: string, hinted: boolean, given?: string) {
  const { error, typed } = useAnswered(name, given)
  const described = [hinted ? `${name}-uitleg` : "", error ? `${name}-fout` : ""].filter(Boolean).join(" ")
  return { id: name, typed, "aria-describedby": described || undefined, "aria-invalid": error ? ("true" as const) : undefined }
}

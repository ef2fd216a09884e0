import { getTranslations } from "next-intl/server"
import type { ComponentProps, ReactNode } from "react"
import { Icon } from "./icon.tsx"

type Frame = {
  /** The name in the form; also the id, so that an error summary can link to it. */
  name: string
  label: string
  hint?: ReactNode
  error?: string
  /** Says "niet verplicht" behind the label. */
  optional?: boolean
}

/** A line to type in: label above, hint and error beside it and tied to it. What was typed comes back through `defaultValue`. */
export async function Field({ label, hint, error, optional, short, ...input }: Frame & ComponentProps<"input"> & { short?: boolean }) {
  return (
    <Framed name={input.name} label={label} hint={hint} error={error} optional={optional}>
      <input {...input} {...tied(input.name, hint, error)} className={short ? "input short" : "input"} />
    </Framed>
  )
}

/** A choice from a list that is always open to the eye as one line. */
export async function SelectField({ label, hint, error, optional, options, ...select }: Frame & ComponentProps<"select"> & { options: readonly { value: string; label: string }[] }) {
  return (
    <Framed name={select.name} label={label} hint={hint} error={error} optional={optional}>
      <span className="select">
        <select {...select} {...tied(select.name, hint, error)} className="input">
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </Framed>
  )
}

/** Several lines to type in. */
export async function TextField({ label, hint, error, optional, ...area }: Frame & ComponentProps<"textarea">) {
  return (
    <Framed name={area.name} label={label} hint={hint} error={error} optional={optional}>
      <textarea {...area} {...tied(area.name, hint, error)} className="input" />
    </Framed>
  )
}

/** A box to tick, or with type "radio" one of several. */
export function CheckField({ label, hint, id, type = "checkbox", ...input }: { label: ReactNode; hint?: ReactNode } & ComponentProps<"input">) {
  return (
    <label className="check">
      <input {...input} id={id} type={type} />
      <span>
        {label}
        {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  )
}

/** The frame of a field of your own making: give its control the attributes of `tied`. */
export async function Framed({ name, label, hint, error, optional, children }: Frame & { children: ReactNode }) {
  const t = await getTranslations("common")
  return (
    <div className="field">
      <label htmlFor={name}>
        {label} {optional && <small>({t("optional")})</small>}
      </label>
      {hint && (
        <p className="hint" id={`${name}-uitleg`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="wrong" id={`${name}-fout`}>
          <Icon name="bad" small />
          {error}
        </p>
      )}
      {children}
    </div>
  )
}

/** The attributes that tie a control to its label, hint and error. */
export function tied(name: string, hint: ReactNode, error: string | undefined) {
  const described = [hint ? `${name}-uitleg` : "", error ? `${name}-fout` : ""].filter(Boolean).join(" ")
  return { id: name, "aria-describedby": described || undefined, "aria-invalid": error ? ("true" as const) : undefined }
}

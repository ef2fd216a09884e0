import { useTranslations } from "next-intl"
import type { ComponentProps, ReactNode } from "react"
import { FieldArea, FieldFault, FieldInput, FieldSelect } from "./field-control.tsx"
import { Icon } from "./icon.tsx"

type Frame = {
  /** The name in the form; also the id, so that an error summary can link to it. */
  name: string
  label: string
  hint?: ReactNode
  /** Inside an ActionForm the error and what was typed come by themselves. */
  error?: string
  /** Says "niet verplicht" behind the label. */
  optional?: boolean
}

/** A line to type in: label above, hint and error beside it and tied to it. What was typed comes back through `defaultValue`. */
export function Field({ label, hint, error, optional, short, ...input }: Frame & ComponentProps<"input"> & { short?: boolean }) {
  return (
    <Framed name={input.name} label={label} hint={hint} error={error} optional={optional}>
      <FieldInput {...input} hinted={Boolean(hint)} error={error} className={short ? "input short" : "input"} />
    </Framed>
  )
}

/** A choice from a list that is always open to the eye as one line. */
export function SelectField({ label, hint, error, optional, options, ...select }: Frame & ComponentProps<"select"> & { options: readonly { value: string; label: string }[] }) {
  return (
    <Framed name={select.name} label={label} hint={hint} error={error} optional={optional}>
      <span className="select">
        <FieldSelect {...select} hinted={Boolean(hint)} error={error} className="input">
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </FieldSelect>
        <Icon name="down" small />
      </span>
    </Framed>
  )
}

/** Several lines to type in. */
export function TextField({ label, hint, error, optional, ...area }: Frame & ComponentProps<"textarea">) {
  return (
    <Framed name={area.name} label={label} hint={hint} error={error} optional={optional}>
      <FieldArea {...area} hinted={Boolean(hint)} error={error} className="input" />
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

/** The frame of a field of your own making: give its control the attributes of useTied. */
export function Framed({ name, label, hint, error, optional, children }: Frame & { children: ReactNode }) {
  const t = useTranslations("common")
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
      <FieldFault name={name} error={error} />
      {children}
    </div>
  )
}

/** An icon by its name in icons.css. It is never read out: the word beside it, or the accessible name of its button, says what it means. */
export function Icon({ name, small = false }: { name: string; small?: boolean }) {
  return <i className={`icon icon-${name}${small ? " small" : ""}`} aria-hidden="true" />
}

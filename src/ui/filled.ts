/**
 * A sentence with its {placeholders} filled in, taken as `t.raw` gives it. Only for sentences without plurals or dates, where a list needs
 * hundreds of them: it costs a fiftieth of the full formatter.
 */
export function filled(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

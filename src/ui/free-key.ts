/** Whether a key is free to mean something to the page: no modifier is held, nobody types in a field, and no dialog is open. */
export function isFree(event: KeyboardEvent): boolean {
  const { target } = event
  const isTyping = target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName) && !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type)))
  return !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping && !document.querySelector("dialog[open]")
}

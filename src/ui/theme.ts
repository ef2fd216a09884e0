/** The cookie that holds a chosen theme, "light" or "dark". Without it the device decides. Set by the profile page; it holds nothing else. */
export const themeCookie = "thema"

/** The theme for <html data-theme>, or undefined when the device decides. */
export function themeFor(chosen: string | undefined): "light" | "dark" | undefined {
  return chosen === "light" || chosen === "dark" ? chosen : undefined
}

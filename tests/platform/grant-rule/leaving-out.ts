import type pg from "pg"
import { afterEach, beforeAll, expect } from "vitest"

/**
 * For a group of tests that leave a part out of these functions: each is as it was again after every test. Gives what makes one without a text that
 * is in it, or with another instead.
 */
export function leavingOut<Name extends string>(owner: () => pg.Client, functions: readonly Name[]): (name: Name, text: string, instead: string) => Promise<void> {
  const whole = new Map<Name, string>()
  beforeAll(async () => {
    for (const name of functions) whole.set(name, (await owner().query<{ body: string }>(`select pg_get_functiondef('${name}'::regprocedure) as body`)).rows[0]?.body ?? "")
  })
  afterEach(async () => {
    for (const body of whole.values()) await owner().query(body)
  })
  return async (name, text, instead) => {
    const body = whole.get(name) ?? ""
    expect(body).toContain(text)
    await owner().query(body.replaceAll(text, instead))
  }
}

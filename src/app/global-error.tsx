"use client"

import { digestOf } from "#ui/error-digest.ts"
import words from "#messages/last-resort.json"
import "./globals.css"

/** Shown when even the root layout fails. Nobody knows the reader's language then, so it speaks both, and it works without JavaScript. */
export default function GlobalErrorPage({ error }: { error: unknown }) {
  const digest = digestOf(error)
  return (
    <html lang="nl">
      <head>
        <title>{words.nl.title}</title>
      </head>
      <body>
        <main className="calm">
          {[words.nl, words.en].map((one) => (
            <div key={one.title} lang={one === words.nl ? "nl" : "en"} className="stack">
              <h1>{one.title}</h1>
              <p className="lead">{one.lead}</p>
              {digest && (
                <p className="soft">
                  {one.reference}: {digest}
                </p>
              )}
              <a className="btn" href="/">
                {one.toStart}
              </a>
            </div>
          ))}
        </main>
      </body>
    </html>
  )
}

import type { ReactNode } from "react"

/** A section with a title, an amount or a remark beside it, and tools; for what does not fold. */
export function ListSection({ title, remark, tools, id, children }: { title: string; remark?: ReactNode; tools?: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section className="list" id={id}>
      <header>
        <h2>
          {title} {remark !== undefined && <small>{remark}</small>}
        </h2>
        {tools && <div className="line-up">{tools}</div>}
      </header>
      {children}
    </section>
  )
}

/** Progress that is true: `done` of `total` pieces, with a word on what is left. Without a total it only says that work goes on. */
export function Progress({ label, done, total, line }: { label: string; done?: number; total?: number; line?: string }) {
  return (
    <div className="progress">
      <div>
        <b>{label}</b>
        {line && <span>{line}</span>}
      </div>
      <progress aria-label={label} max={total} value={done} />
    </div>
  )
}

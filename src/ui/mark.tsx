/** The mark: a sheet with a folded corner and the L of loon. */
export function Mark() {
  return (
    <svg viewBox="0 0 26 26" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <path d="M4 5.5A1.5 1.5 0 0 1 5.5 4h9L22 11.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 4 20.5Z" />
      <path d="M14 4v8h8M9 9v8.5h7" />
    </svg>
  )
}

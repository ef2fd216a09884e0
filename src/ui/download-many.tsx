import { LinkButton } from "./button.tsx"

/** "Download dit jaar": the payroll files of the year in one zip; nothing where there are fewer than two. */
export function DownloadYear({ files, label }: { files: readonly { id: string }[]; label: string }) {
  const [first, second] = files
  if (!first || !second) return null
  return (
    <LinkButton href={`/api/files/zip?yearOf=${first.id}`} icon="download">
      {label}
    </LinkButton>
  )
}

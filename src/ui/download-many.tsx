import { Button, LinkButton } from "./button.tsx"

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

/** "Download selectie", for any form whose checkboxes are called "bestand": the chosen files in one zip, also without JavaScript. */
export function DownloadSelection({ label }: { label: string }) {
  return (
    <Button type="submit" formAction="/api/files/zip" formMethod="post" formEncType="application/x-www-form-urlencoded" formNoValidate icon="download">
      {label}
    </Button>
  )
}

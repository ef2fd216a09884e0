import { useTranslations } from "next-intl"
import { numberIn, wordIn } from "./asked.ts"
import { Notice } from "./notice.tsx"

type Asked = Readonly<Record<string, string | string[] | undefined>>

const refusals = [
  ...(["dossier-full", "files-none", "own-file-kind", "own-file-locked", "own-file-macros", "own-file-program", "photo-broken", "photo-busy", "photo-too-large"] as const),
  ...(["photo-too-slow", "scan-unavailable", "storage-full", "upload-broken-off", "upload-empty", "upload-infected", "upload-length", "upload-too-large", "uploads-unfinished"] as const),
]

/** What became of a file that came by the plain form, as the address tells it: ?bewaard=1, or ?geweigerd= with why and what goes with it. */
export function OwnFileNotices({ asked }: { asked: Asked }) {
  const t = useTranslations()
  const code = refusals.find((one) => one === wordIn(asked.geweigerd))
  const details = { megabytes: numberIn(asked.megabytes) ?? 0, most: numberIn(asked.most) ?? 0, finding: /^[\w.:()/-]{1,80}$/.exec(wordIn(asked.finding))?.[0] ?? "?" }
  return (
    <>
      {wordIn(asked.bewaard) === "1" && <Notice kind="good" title={t("ownFiles.stored")}>{t("ownFiles.storedLead")}</Notice>}
      {wordIn(asked.geweigerd) !== "" && <Notice kind="bad" title={t("ownFiles.refused")}>{t(code ? `errors.${code}` : "errors.upload-broken-off", details)}</Notice>}
    </>
  )
}

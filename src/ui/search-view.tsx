import { getTranslations } from "next-intl/server"
import type { FoundFile, SearchView as Found } from "#domain/search/search-files.ts"
import { momentText } from "./dates.ts"
import { nameOf } from "./file-naming.ts"
import { Icon } from "./icon.tsx"
import { LiveFind } from "./live-find.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { PageLinks } from "./page-links.tsx"
import type { SearchQuery } from "./search-query.ts"

type Props = { found: Found; query: SearchQuery; portal: "werknemer" | "werkgever" | "kantoor"; viewerId: string }

/** "Zoeken": a field, and what was found in everything the viewer can see, newest first, with the words marked where they stand in a text. */
export async function SearchView({ found, query, portal, viewerId }: Props) {
  const t = await getTranslations()
  const here = `/${portal}/zoeken`
  const isAsked = query.text.trim() !== "" && !found.isTooWide
  const first = (found.page - 1) * found.perPage + 1
  return (
    <>
      <PageHead title={t("search.title")} lead={t("search.lead")} />
      <form role="search" aria-label={t("search.title")} className="find wide" method="get" action={here}>
        <Icon name="find" small />
        <LiveFind within="gevonden" reach="server" name="q" value={query.text} first={query.text === ""} label={t("search.field")} placeholder={t("ui.find.placeholder")} none={t("ui.find.none")} found={t.raw("ui.find.shown")} noBsn={t("ui.find.noBsn")} />
        <button className="btn primary">{t("search.submit")}</button>
      </form>
      {query.isBsn && <Notice kind="wait" title={t("search.bsnTitle")}>{t("ui.find.noBsn")}</Notice>}
      {found.isTooWide && <Notice kind="wait" title={t("search.tooWideTitle")}>{t("search.tooWide")}</Notice>}
      <section id="gevonden" className="list" aria-labelledby="gevonden-titel">
        <div role="status">
          <h2 id="gevonden-titel" className={isAsked ? undefined : "vh"}>
            {headOf(t, found, query)}
          </h2>
        </div>
        {found.files.length > 0 && (
          <ol className="hits">
            {found.files.map((file) => (
              <Hit key={file.id} file={file} title={nameOf(t, file)} href={`/${portal}/bestanden/${file.id}`} owner={ownerOf(file, viewerId, t("dossier.mine"))} unread={isUnread(file, viewerId) && t("ui.file.unread")} />
            ))}
          </ol>
        )}
        {isAsked && found.total === 0 && <p className="soft">{t("search.none")}</p>}
        {found.lookedAt !== null && <p className="soft">{t("search.newestOnly", { count: found.lookedAt })}</p>}
        <PageLinks from={first} to={first + found.files.length - 1} total={found.total} page={found.page} pages={found.pages} hrefOf={(page) => `${here}?${new URLSearchParams({ q: query.text, pagina: String(page) })}`} />
      </section>
    </>
  )
}

function headOf(t: Awaited<ReturnType<typeof getTranslations<never>>>, { total, isMore, isTooWide }: Found, { text }: SearchQuery): string {
  if (text.trim() === "" || isTooWide) return t("search.nothingAsked")
  return isMore ? t("search.more", { count: total }) : t("search.count", { count: total })
}

function ownerOf(file: FoundFile, viewerId: string, mine: string): string {
  return file.ownerId === viewerId ? mine : (file.ownerName ?? file.senderName)
}

/** As "Ongelezen" counts: what is in the own dossier or was shared with it, not what an employer or office can look into besides. */
function isUnread({ read, ownerId, origin }: FoundFile, viewerId: string): boolean {
  return !read && (ownerId === viewerId || origin === "own")
}

function Hit({ file, title, href, owner, unread }: { file: FoundFile; title: string; href: string; owner: string; unread: string | false }) {
  return (
    <li className={unread ? "unread" : undefined}>
      <a href={href}>
        {title}
        {unread && <span className="vh">{` ${unread}`}</span>}
      </a>
      <p className="soft">
        {owner} · {momentText(file.createdAt)}
      </p>
      {file.snippet && <p className="snippet">{file.snippet.map((part, at) => (part.isMarked ? <mark key={at}>{part.text}</mark> : part.text))}</p>}
    </li>
  )
}

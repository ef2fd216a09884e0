import { getTranslations } from "next-intl/server"
import { AppShell } from "#ui/app-shell.tsx"
import { Browse } from "#ui/browse.tsx"
import { Button, LinkButton } from "#ui/button.tsx"
import { Confirm } from "#ui/confirm.tsx"
import { DataTable } from "#ui/data-table.tsx"
import { DefinitionList } from "#ui/definition-list.tsx"
import { EmptyState } from "#ui/empty-state.tsx"
import { FileSection } from "#ui/file-section.tsx"
import { FileTable } from "#ui/file-table.tsx"
import { uploadLabels } from "#ui/labels.ts"
import { ListSection } from "#ui/list-section.tsx"
import { MonthStrip } from "#ui/month-strip.tsx"
import { Notice } from "#ui/notice.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { Progress } from "#ui/progress.tsx"
import { SelectAll } from "#ui/select-all.tsx"
import { Steps } from "#ui/steps.tsx"
import { Tag } from "#ui/tag.tsx"
import { TimeAgo } from "#ui/time-ago.tsx"
import { UploadDrop } from "#ui/upload-drop.tsx"
import { YearChips } from "#ui/year-chips.tsx"
import { doNothing, employees, months, nav, ownFiles, payslips, periods, roles } from "../invented.ontwerp.tsx"

/** The kit on one page, with invented data, to look at. Not part of a production build. */
export default async function GalleryPage() {
  const t = await getTranslations()
  return (
    <AppShell portal="werkgever" nav={nav} current="/ontwerp" who={{ name: "Vries, K de", line: "werknemer bij De Korenmaat" }} roles={roles} switchRoleAction={async (state) => { "use server"; return state }} signOutAction={doNothing}>
      <PageHead
        title="Mijn dossier 2026"
        lead="Twee loonstroken zijn nieuw: september en oktober."
        actions={<YearChips years={[2026, 2025, 2024]} current={2026} hrefOf={(year) => `/ontwerp?jaar=${year}`} />}
      />
      <MonthStrip label={t("ui.months.of", { year: "2026" })} months={months} />
      <FileSection id="loon-bestanden" title="Loon-bestanden voor 2026" count={payslips.length} find="page">
        <FileTable caption="Loon-bestanden voor 2026" files={payslips} show="period" sort={{ title: { href: "?op=naam" }, at: { href: "?op=datum", order: "descending" } }} />
      </FileSection>
      <FileSection id="overige-bestanden" title="Overige bestanden" count={ownFiles.length} find="page" tools={<LinkButton icon="add" href="#toevoegen">Bestand toevoegen</LinkButton>}>
        <form className="within" action={doNothing}>
          <FileTable caption="Overige bestanden" files={ownFiles} show="owner" pickName="bestand" />
          <div className="bulk">
            <SelectAll name="bestand" label={t("ui.file.selectAll")} />
            <Button icon="share">Delen</Button>
            <Button icon="delete" look="danger">Verwijderen</Button>
          </div>
        </form>
      </FileSection>
      <FileSection id="gevouwen" title="Jaaropgaven" count={0} folded>
        <EmptyState title="Geen bestanden.">Uw werkgever zet hier in januari uw jaaropgave neer.</EmptyState>
      </FileSection>
      <ListSection title="Vier weken" remark="dertien perioden">
        <MonthStrip label="Perioden van 2026" months={periods} />
      </ListSection>

      <PageHead title="Loonstroken maart 2026" lead="Bakkerij De Korenmaat B.V. · 29 bladzijden, 24 werknemers. Eén bladzijde wacht op u." back={{ href: "/ontwerp/aanmelden", label: "Zendingen" }}
        actions={<><Button>Bewaar</Button><Button look="primary">Zet klaar</Button></>} />
      <Steps steps={["Bestanden kiezen", "Controleren", "Klaarzetten", "Versturen"]} current={1} />
      <ListSection title="Per werknemer" remark="24 van 25 toegewezen">
        <DataTable caption="Per werknemer" rows={employees} keyOf={(one) => one.number} stateOf={(one) => (one.state === "bad" ? "bad" : undefined)} columns={[
          { title: "Nr", card: "line", numeric: true, labelled: true, cell: (one) => one.number },
          { title: "Naam", card: "name", cell: (one) => <a href="#bakker">{one.name}</a> },
          { title: "Soort", card: "line", cell: (one) => one.kind },
          { title: "Bladzijden", card: "line", cell: (one) => one.pages },
          { title: "Stand", card: "tag", cell: (one) => <Tag state={one.state}>{one.said}</Tag> },
        ]} />
        <Browse from={1} to={5} total={24} previous="?blz=0" next="?blz=2" />
      </ListSection>
      <ListSection id="toevoegen" title="Bestanden toevoegen">
        <div className="stack full">
          <UploadDrop url="/ontwerp/ontvangst" accept="application/pdf" limit={20_000_000} hint="PDF, tot 20 MB per bestand" labels={uploadLabels(t)} />
          <Progress label="Bladzijden lezen" done={640} total={1000} line="nog 360 van 1.000" />
          <Progress label="Bestanden versleutelen" />
        </div>
      </ListSection>
      <ListSection title="Mijn gegevens">
        <DefinitionList items={[
          { term: "Naam", value: "K. de Vries" },
          { term: "Personeelsnummer", value: "2" },
          { term: "BSN", value: "•••••••42", note: "Tonen wordt vastgelegd." },
          { term: "Telefoon", value: <a href="tel:+31750000000">075 000 00 00</a> },
          { term: "E-mail privé", value: "" },
          { term: "Laatst aangemeld", value: <TimeAgo at={new Date("2026-10-22T09:12:00Z")} now={new Date("2026-10-25T10:00:00Z")} /> },
        ]} />
      </ListSection>
      <ListSection title="Berichten">
        <div className="stack full">
          <Notice still title="Nieuwe loonstrook">Uw werkgever heeft de loonstrook van oktober neergezet.</Notice>
          <Notice kind="good" title="Verstuurd">24 loonstroken zijn verstuurd aan 24 werknemers.</Notice>
          <Notice still kind="wait" title="Wacht op akkoord">Bakkerij De Korenmaat heeft de loonstroken nog niet goedgekeurd.</Notice>
          <Notice kind="bad" title="2 regels kloppen niet"><ul><li>Regel 4: het BSN klopt niet.</li><li>Regel 9: nummer 12 komt twee keer voor.</li></ul></Notice>
          <div className="line-up"><Tag state="good">Klaar</Tag><Tag state="wait">Nog geen toegang</Tag><Tag state="bad">Twee werknemers passen</Tag><Tag state="past">Vervallen</Tag></div>
          <div className="line-up">
            <Confirm id="stop-delen" trigger="Stop met delen" look="danger" danger title="Stoppen met delen?" sure="Stop met delen" action={doNothing} fields={{ bestand: "1" }}>
              <p>Bakkerij De Korenmaat kan Verhuisbericht.pdf dan niet meer zien. U houdt het bestand zelf.</p>
            </Confirm>
            <LinkButton href="/ontwerp/lezen" icon="view">Lezer</LinkButton>
            <LinkButton href="/ontwerp/aanmelden">Aanmelden</LinkButton>
          </div>
        </div>
      </ListSection>
      <p className="foot">Vragen over uw loon? Vraag het uw werkgever. Wie uw bestanden heeft geopend, ziet u bij Details.</p>
    </AppShell>
  )
}

import { employer, those } from "./people.ts"
import { dutch, lines, money, monthsNl, parked, plain, slip, sorted, wageLines } from "./sheets.ts"
import type { Person } from "./people.ts"
import type { PrintedLayout } from "./sheets.ts"

const lastDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Labels and values in a grid, a colleague who made it under every page, and numbers of the employer that are built as a BSN is. */
const madeByAColleague: PrintedLayout = {
  name: "made-by-a-colleague",
  style: "h1{font:bold 19px serif}dl{display:grid;grid-template-columns:150px 1fr 150px 1fr;font:11px serif}dd{margin:0}footer{margin-top:60px;font:9px serif}",
  sheets: those("17", "18", "19", "23", "40", "52", "60", "70", "104", "1040", "230", "232").map((person) =>
    slip(person, 2026, 7, `<div>${employer.name}, ${employer.street}, ${employer.city}</div><h1>SALARISSPECIFICATIE</h1>
      <dl><dt>Personeelsnr.</dt><dd>${person.number}</dd><dt>Tijdvak</dt><dd>juli 2026</dd><dt>Naam</dt><dd>${plain(person)}</dd><dt>Geboortedatum</dt><dd>${dutch(person.born)}</dd>
      <dt>In dienst</dt><dd>01-03-2019</dd><dt>Loonheffingennr.</dt><dd>${employer.wageTaxNumber}</dd><dt>RSIN</dt><dd>999990020</dd><dt>KvK</dt><dd>${employer.chamber}</dd></dl>
      <table>${lines(person, wageLines)}</table><p>Cumulatief t/m juli 2026: ${money(person, 9)}. Vorig tijdvak: juni 2026. Betaald op 24-07-2026 op uw rekening.</p>
      <footer>Opgesteld door: I. Bakker (personeelszaken, toestel 232). Vragen? Neem contact op met A. Bakker. Afgedrukt op 03-08-2026.</footer>`),
  ),
}

/** "Verloning 2026-07": the period as a code, names as the card index had them, and a number filled up with zeros. */
const verloning: PrintedLayout = {
  name: "verloning",
  style: "body{font:10px monospace}h2{font-size:13px;border-bottom:2px solid}",
  sheets: those("17", "18", "24", "31", "41", "53", "61", "71", "119", "201", "210", "211").map((person) =>
    slip(person, 2026, 7, `<h2>VERLONING 2026-07 &nbsp;&nbsp; PERS.NR. ${person.number.padStart(5, "0")}</h2>
      <p>${[person.surname, person.prefix, person.initials.replaceAll(".", " ")].join(" ").toUpperCase()}</p>
      <p>FUNCTIE: CHAUFFEUR CE &nbsp; SCHAAL: C / TREDE 7 &nbsp; UREN: 173,33 &nbsp; TABEL: WIT MAAND 2026</p>
      <table>${lines(person, ["UREN NORMAAL 100%", "UREN 150%", "TOESLAG NACHT", "AFDR. PENSIOEN", "LOONHEFFING", "UIT TE BETALEN"])}</table>
      <p>RESERVERING VAKANTIEGELD T/M 2026-07 &nbsp; ${money(person, 8)} &nbsp; VAK.DAGEN SALDO 17,00</p><p>${employer.name} LHNR ${employer.wageTaxNumber} BTW NL999990020B01</p>`),
  ),
}

/** Values with their labels under them, in boxes. */
const boxesWithLabelsUnder: PrintedLayout = {
  name: "boxes-with-labels-under",
  style: ".b{display:inline-block;width:170px;border:1px solid #999;margin:3px;padding:3px;font:12px sans-serif}.b small{display:block;font-size:8px;color:#555}",
  sheets: those("17", "19", "24", "32", "41", "53", "60", "70", "80", "00452", "231").map((person) => {
    const boxes = [[employer.name, "Werkgever"], [plain(person), "Naam werknemer"], [person.number, "Registratienummer"], [dutch(person.born), "Geb.datum"], ["08", "Periode"], ["2026", "Loonjaar"], ["01-08-2026 / 31-08-2026", "Van / tot en met"], ["15-06-2017", "Datum in dienst"], [`${money(person, 5)}`, "Netto"]]
    return slip(person, 2026, 8, `<h3>Loonspecificatie</h3>${boxes.map(([value, label]) => `<div class=b>${value}<small>${label}</small></div>`).join("")}<table>${lines(person, wageLines)}</table><p>Loonheffingennummer ${employer.wageTaxNumber}</p>`)
  }),
}

/** A row of headings in capitals with a row of values under it, as a ledger has it; the BSN with spaces stands in it. */
const ledgerRow: PrintedLayout = {
  name: "ledger-row",
  landscape: true,
  style: "body{font:10px sans-serif}table{border-collapse:collapse;margin:8px 0;width:100%}td,th{border:1px solid #000;padding:2px 5px;text-align:left}th{background:#ddd;font-size:9px}",
  sheets: those("18", "23", "31", "40", "52", "61", "104", "A-118", "119", "1", "7", "2026").map((person, nth) => {
    const month = nth % 2 ? 2 : 3
    return slip(person, 2026, month, `<b>LOONSTROOK</b> ${employer.name}
      <table><tr><th>JAAR</th><th>PER.</th><th>PERS.NR</th><th>NAAM</th><th>BSN</th><th>GEB.DATUM</th><th>FUNCTIE</th></tr>
      <tr><td>2026</td><td>${month}</td><td>${person.number}</td><td>${sorted(person)}</td><td>${person.bsn.replace(/(\d{4})(\d{2})(\d{3})/, "$1 $2 $3")}</td><td>${dutch(person.born)}</td><td>Orderpicker</td></tr></table>
      <table><tr><th>OMSCHRIJVING</th><th>BEDRAG</th></tr>${lines(person, wageLines)}</table>
      <table><tr><th>DAGEN</th><th>UREN</th><th>MIN. LOON</th><th>LOONHEFFINGENNR</th></tr><tr><td>20</td><td>160</td><td>14,71</td><td>${employer.wageTaxNumber}</td></tr></table>`)
  }),
}

/** A letter in a window envelope: no labels, only an address with title and name, and a birth date in words. */
const windowEnvelope: PrintedLayout = {
  name: "window-envelope",
  style: "body{font:12px serif}address{margin:60px 0 50px 40px;white-space:pre-line;font-style:normal}",
  sheets: [
    ...those("17", "18", "40", "52", "53", "60", "70", "71", "80", "232", "210").map((person, nth) => {
      const [year = "", month = "", day = ""] = person.born.split("-")
      const to = `${person.man ? "De heer" : "Mevrouw"} ${plain(person)}`
      return slip(person, 2025, 11, `<p>${employer.name}<br>${employer.street}<br>${employer.city}</p><address>PERSOONLIJK EN VERTROUWELIJK\n${to}\nDorpsstraat ${nth + 1}\n4331 AB Middelburg</address>
        <p>Terneuzen, 21 november 2025</p><p>Betreft: uw loonstrook over de maand november 2025 (geboren ${Number(day)} ${monthsNl[Number(month) - 1]} ${year})</p>
        <table>${lines(person, wageLines)}</table><p>Met vriendelijke groet,<br>I. Bakker<br>Hoofd salarisadministratie</p>`)
    }),
    parked(`<p>${employer.name}</p><address>PERSOONLIJK EN VERTROUWELIJK\nMevrouw De Vries\nDorpsstraat 30\n4331 AB Middelburg</address><p>Betreft: uw loonstrook over de maand november 2025 (geboren 30 november 1988)</p><p>Met vriendelijke groet, I. Bakker</p>`),
  ],
}

const numberForms: ((person: Person) => string)[] = [
  ({ number }) => `Pers.nr. ${number.padStart(6, "0")}`,
  ({ number }) => `Personeelsnummer: ${number}`,
  ({ number }) => `Medewerkernr ${number.padStart(4, "0")}`,
  ({ number }) => `Werknemersnummer ${number}`,
  ({ number }) => `Nummer werknemer: ${number}`,
  ({ number }) => `Mdw. ${number} `,
  ({ number }) => `Personeels-nr: ${number.padStart(8, "0")}`,
  ({ number }) => `PERSNR ${number}`,
  ({ number }) => `Wnr. ${number}`,
  ({ number }) => `Stamnummer ${number}`,
]

/** Each page with another label before the number, and what looks like one around it. */
const manyWordsForANumber: PrintedLayout = {
  name: "many-words-for-a-number",
  style: "body{font:11px sans-serif}.r{text-align:right}",
  sheets: those("17", "18", "19", "52", "53", "60", "61", "104", "1040", "201").map((person, nth) => {
    const month = nth + 1
    const form = numberForms[nth]?.(person) ?? ""
    return slip(person, 2026, month, `<p class=r>${employer.name} | Debiteurnr. 2310 | Dossier 23/31 | Afdeling 40 | Kostenplaats 119</p><h2>Loonstrook ${monthsNl[nth]} 2026</h2>
      <p>${form} <span style="margin-left:90px">${plain(person)}</span></p><p>Periode 01-${String(month).padStart(2, "0")}-2026 t/m ${lastDays[nth]}-${String(month).padStart(2, "0")}-2026, volgnr. 17, factor 18</p>
      <table>${lines(person, wageLines)}</table><p>Uw vragen stelt u aan mevrouw Bakker, toestel 19.</p>`)
  }),
}

/** A till roll: dotted leaders, capitals, two on a sheet now and then. */
const tillRoll: PrintedLayout = {
  name: "till-roll",
  style: "pre{font:10px monospace;margin:0 0 30px}",
  sheets: [
    ...those("17", "31", "32", "41", "60", "80", "104", "119", "210", "211").map((person) => slip(person, 2026, 9, roll(person))),
    parked(roll(...those("18", "52"))),
    parked(roll(...those("23", "24"))),
  ],
}

function roll(...persons: Person[]): string {
  return persons.map((person) => `<pre>${employer.name.toUpperCase()}\nLOONSTROOK        SEP 2026\n------------------------------\nWERKNEMER.......: ${person.number}\nNAAM............: ${[person.initials.replaceAll(".", ""), person.prefix, person.surname].filter(Boolean).join(" ").toUpperCase()}
GEB.DAT.........: ${dutch(person.born).replaceAll("-", "").replace(/(\d{4})\d{2}(\d{2})/, "$1$2")}\nTIJDVAK.........: MND 9\n${wageLines.map((line, at) => `${line.toUpperCase().padEnd(20, ".")}: ${money(person, at)}`).join("\n")}\n</pre>`).join("")
}

/** What all of them are, for who prints them. */
export const monthly: PrintedLayout[] = [madeByAColleague, verloning, boxesWithLabelsUnder, ledgerRow, windowEnvelope, manyWordsForANumber, tillRoll]


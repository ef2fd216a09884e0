import type { Hints, Person, Recognition } from "#domain/deliveries/recognise-types.ts"

/** One file as a payroll package might print it: HTML per page, and per page the employee it is for, or the reason that it is for nobody. */
export type Layout = { name: string; hints?: Hints; people: readonly Person[]; style: string; found: Omit<Recognition, "parts">; pages: readonly { html: string; expected: string }[] }

const person = (employeeId: string, number: string | null, initials: string, prefix: string | null, surname: string, birthDate: string, bsn: string | null = null): Person => ({
  employeeId, number, initials, prefix, surname, birthDate, bsn,
})

/** Invented people; the BSNs are test numbers that start with 9999. */
export const people: readonly Person[] = [
  person("nora", "1001", "N.", null, "Bakker", "1986-04-16", "999967216"),
  person("kees", "1002", "K", "de", "Vries", "1998-11-03", "999920960"),
  person("maria", "1003", "M.A.", "van den", "Berg", "2000-10-21", "999961810"),
  person("yusuf", "1004", "Y", null, "Öztürk", "1968-11-02", "999914637"),
  person("sean", "1005", "S", null, "O'Brien", "1994-04-25", "999920054"),
  person("linda", "1006", "L.", "van der", "Meer-Jansen", "1991-08-12", "999923730"),
  person("ada", "1007", "A", null, "'t Hooft", "1986-07-13", "999945191"),
  person("zosia", "1008", "Ż", null, "Łukasik", "1993-03-04", "999960386"),
  person("jan-old", "1009", "J.", "de", "Boer", "1961-05-05", "999938307"),
  person("jan-young", "1010", "J.", "de", "Boer", "1989-09-09", "999928314"),
  person("wim", "1011", "W", null, "de la Cruz", "1999-06-10", "999989868"),
  person("greet", "1012", "G", "in den", "Bosch", "1979-03-24", "999922142"),
]

const nobody = person("nobody", null, "X.", null, "Nobody", "1900-01-01")
const find = (id: string) => people.find((one) => one.employeeId === id) ?? nobody
const dutch = (day: string | null) => (day ?? "").split("-").reverse().join("-")
const list = (one: Person) => `${one.surname}, ${one.initials}${one.prefix ? ` ${one.prefix}` : ""}`
const letter = (one: Person) => `${one.initials?.replace(/\.?$/, ".")} ${one.prefix ? `${one.prefix} ` : ""}${one.surname}`
const months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
const euro = (seed: number) => `${1 + (seed % 4)}.${String((seed * 137) % 1000).padStart(3, "0")},${String((seed * 7) % 100).padStart(2, "0")}`

const amounts = (seed: number) =>
  `<table class="amounts">${["Bruto salaris", "Pensioenpremie", "Loonheffing", "Reiskosten", "Netto loon"].map((name, index) => `<tr><td>${name}</td><td>${euro(seed + index)}</td></tr>`).join("")}</table>`

const everybody = (html: (one: Person, index: number) => string, ids = people.map((one) => one.employeeId)) =>
  ids.map((id, index) => ({ html: html(find(id), index), expected: id }))

export const layouts: readonly Layout[] = [
  {
    name: "labels-over-values",
    found: { kind: "payslip", year: 2026, period: 5, periodKind: "month" },
    people,
    style: ".grid{display:grid;grid-template-columns:repeat(4,1fr);gap:2mm 6mm}.grid small{display:block;font-size:7pt;color:#666}.grid b{font-weight:400}",
    pages: everybody((one, index) => `<h1>Salarisspecificatie</h1><div class="grid">
      <div><small>Personeelsnummer</small><b>${one.number}</b></div><div><small>Naam werknemer</small><b>${letter(one)}</b></div>
      <div><small>Geboortedatum</small><b>${dutch(one.birthDate)}</b></div><div><small>Periode</small><b>05-2026</b></div>
      <div><small>Datum in dienst</small><b>01-02-2019</b></div><div><small>Afdeling</small><b>${index + 1} Productie</b></div>
      <div><small>Uren</small><b>${1000 + ((index + 3) % 12)}</b></div><div><small>Bijzonder tarief</small><b>37,07</b></div></div>${amounts(index)}`),
  },
  {
    name: "labels-under-values",
    found: { kind: "payslip", year: 2026, period: 4, periodKind: "month" },
    people,
    style: ".row{display:flex;gap:10mm;margin-bottom:7mm}.row div{width:40mm}.row small{display:block;font-size:6.5pt;border-top:.3mm solid #999}",
    pages: everybody((one, index) => `<h2>Loonspecificatie april 2026</h2><div class="row"><div>${list(one)}<small>naam</small></div><div>${dutch(one.birthDate)}<small>geb. datum</small></div>
      <div>000${one.number}<small>personeelsnr.</small></div></div><div class="row"><div>1234<small>kostenplaats</small></div><div>01-03-2020<small>in dienst</small></div><div>2001<small>uurloon code</small></div></div>${amounts(index)}`),
  },
  {
    name: "two-columns-upper-case",
    found: { kind: "payslip", year: 2026, period: 6, periodKind: "month" },
    people,
    style: "body{text-transform:uppercase;font-family:'DejaVu Sans Mono'}.cols{display:flex;justify-content:space-between}.cols table{width:48%}",
    pages: everybody((one, index) => `<div class="cols"><table><tr><td>Werkgever</td><td>Timmerfabriek Spaan B.V.</td></tr><tr><td>Adres</td><td>Houtkade 3</td></tr><tr><td>Plaats</td><td>Den Bosch</td></tr></table>
      <table><tr><td>Werknemer</td><td>${list(one)}</td></tr><tr><td>Werknemernr</td><td>${one.number}</td></tr><tr><td>Geboren</td><td>${dutch(one.birthDate)}</td></tr></table></div>
      <h2>Loonstrook juni 2026</h2><div class="cols">${amounts(index)}${amounts(index + 5)}</div>`),
  },
  {
    name: "four-weekly",
    found: { kind: "payslip", year: 2026, period: 13, periodKind: "four-weeks" },
    hints: { periodKind: "month" },
    people,
    style: "h1{font-size:13pt}",
    pages: everybody((one, index) => `<h1>Loonstrook periode 13 (week 49 t/m 52) 2026</h1><p>Tijdvak: 30-11-2026 t/m 27-12-2026</p><p>Medewerkernummer: ${one.number} &nbsp; Naam: ${letter(one)}</p><p>Geboortedatum: ${dutch(one.birthDate)}</p>${amounts(index)}`),
  },
  {
    name: "leading-zeros-address-block",
    found: { kind: "payslip", year: 2026, period: 7, periodKind: "month" },
    people,
    style: ".to{margin:20mm 0 20mm 100mm;line-height:1.35}",
    pages: everybody((one, index) => `<p>Schoonmaakbedrijf Helder, Postbus 12, 1500 AA Zaandam</p><div class="to">${index % 2 ? "De heer" : "Mevrouw"} ${letter(one)}<br>Dorpsstraat ${index + 3}<br>15${index}0 AB ZAANDAM</div>
      <h3>Loonstrook over de maand juli 2026</h3><p>Pers.nr. 00000${one.number} &middot; Functie: medewerker &middot; Geb.dat. ${dutch(one.birthDate)}</p>${amounts(index)}<p>Vragen over uw loonstrook? Bel N. Bakker, telefoon 075-0000000.</p>`),
  },
  {
    name: "no-number",
    found: { kind: "payslip", year: 2026, period: 8, periodKind: "month" },
    people,
    style: "",
    pages: everybody((one, index) => `<h1>Loonstrook</h1><table><tr><td>Naam</td><td>:</td><td>${letter(one)}</td></tr><tr><td>Geboortedatum</td><td>:</td><td>${Number(one.birthDate?.slice(8))} ${months[Number(one.birthDate?.slice(5, 7)) - 1]} ${one.birthDate?.slice(0, 4)}</td></tr><tr><td>Maand</td><td>:</td><td>augustus 2026</td></tr></table>${amounts(index)}`),
  },
  {
    name: "annual-statements",
    found: { kind: "annual-statement", year: 2025, period: null, periodKind: null },
    people,
    style: "td{padding:1mm 4mm}",
    pages: everybody((one, index) => `<h1>Jaaropgaaf 2025</h1><p>Timmerfabriek Spaan B.V. &mdash; loonheffingennummer 999990032L01</p><p>${letter(one)}<br>Lindelaan ${index}<br>1500 AB Zaandam</p>
      <table><tr><td>BSN</td><td>${one.bsn?.replace(/(\d{4})(\d\d)(\d{3})/, index % 2 ? "$1.$2.$3" : "$1$2$3")}</td></tr><tr><td>Loon loonbelasting / volksverzekeringen</td><td>${euro(index)}</td></tr><tr><td>Ingehouden loonheffing</td><td>${euro(index + 2)}</td></tr><tr><td>Verrekende arbeidskorting</td><td>${euro(index + 4)}</td></tr></table>`),
  },
  {
    name: "english",
    found: { kind: "payslip", year: 2026, period: 9, periodKind: "month" },
    people,
    style: "table{width:100%}th{text-align:left;font-size:8pt}",
    pages: everybody((one, index) => `<h1>Payslip</h1><p>Pay period: 01/09/2026 - 30/09/2026</p><table><tr><th>Employee no.</th><th>Employee name</th><th>Date of birth</th><th>Department</th></tr><tr><td>${one.number}</td><td>${letter(one)}</td><td>${dutch(one.birthDate).replaceAll("-", "/")}</td><td>Assembly</td></tr></table>${amounts(index)}<p>Line manager: K. de Vries</p>`),
  },
  {
    name: "names-over-two-lines",
    found: { kind: "payslip", year: 2026, period: 10, periodKind: "month" },
    people,
    style: ".narrow{width:26mm}.label{width:34mm}td{vertical-align:top}",
    pages: everybody((one, index) => `<h2>Salarisstrook oktober 2026</h2><table><tr><td class="label">Naam medewerker</td><td class="narrow">${letter(one).replace(/ (?=\S+$)/, "<br>")}</td></tr><tr><td>Personeelscode</td><td>${one.number}</td></tr><tr><td>Geboortedatum</td><td>${dutch(one.birthDate)}</td></tr></table>${amounts(index)}`),
  },
  {
    name: "two-pages-each",
    found: { kind: "payslip", year: 2026, period: 11, periodKind: "month" },
    people,
    style: "",
    pages: people.slice(0, 8).flatMap((one, index) => [
      { html: `<h1>Loonstrook november 2026</h1><p>Blad 1 van 2</p><p>Werknemer: ${one.number} ${letter(one)}</p><p>Geboortedatum ${dutch(one.birthDate)}</p>${amounts(index)}`, expected: one.employeeId },
      { html: `<h1>Loonstrook november 2026</h1><p>Blad 2 van 2</p>${amounts(index + 3)}<p>Opgebouwd verlof: 12,4 uur</p>`, expected: one.employeeId },
    ]),
  },
  {
    name: "second-page-without-words-on-whom",
    found: { kind: "payslip", year: 2026, period: 2, periodKind: "month" },
    people,
    style: "",
    pages: people.slice(0, 6).flatMap((one, index) => [
      { html: `<h1>Loonstrook</h1><p>Periode 2 2026 (februari)</p><p>Stamnummer ${one.number}</p><p>Naam ${list(one)}</p><p>Geb.datum ${dutch(one.birthDate)}</p>${amounts(index)}`, expected: one.employeeId },
      { html: `<p>Toelichting op uw loon</p>${amounts(index + 9)}<p>Reserveringen: vakantiegeld en verlof.</p>`, expected: one.employeeId },
    ]),
  },
  {
    name: "given-names-and-titles",
    found: { kind: "payslip", year: 2026, period: 5, periodKind: "month" },
    people,
    style: "",
    pages: [
      ["nora", "mw. Nora Bakker"], ["kees", "Dhr. Kees de Vries"], ["maria", "VAN DEN BERG, MARIA"], ["yusuf", "OZTURK Y"], ["sean", "Sean O’Brien"], ["linda", "Mevr. L. Jansen-van der Meer"],
      ["ada", "A. ’t Hooft"], ["zosia", "Z. Lukasik"], ["wim", "Cruz, W de la"], ["greet", "G. i.d. Bosch"], ["linda", "L. van der Meer - Jansen"], ["kees", "Vries de, K."],
    ].map(([id = "", name = ""], index) => ({
      html: `<h1>Loonstrook mei 2026</h1><p>Naam: ${name}</p><p>Geboortedatum: ${dutch(find(id).birthDate)}</p>${amounts(index)}`, expected: id,
    })),
  },
  {
    name: "trouble",
    found: { kind: "payslip", year: 2026, period: 3, periodKind: "month" },
    hints: { wageTaxNumber: "999990032L01" },
    people: [...people, person("twin-a", "2001", "T.", null, "Smit", "1990-01-01"), person("twin-b", "2002", "T.", null, "Smit", "1990-01-01")],
    style: "",
    pages: [
      { html: "<h1>Loonstrook maart 2026</h1><p>Personeelsnummer 1001</p><p>Naam K. de Vries</p><p>Geboortedatum 03-11-1998</p>", expected: "contradiction" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam N. Bakker</p><p>Geboortedatum 17-04-1986</p>", expected: "name-only" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam N. Bakker</p>", expected: "name-only" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam T. Smit</p><p>Geboortedatum 01-01-1990</p>", expected: "two-match" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam T. Smit</p><p>Geboortedatum 01-01-1990</p><p>Personeelsnummer 2002</p>", expected: "twin-b" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam X. Onbekend</p><p>Geboortedatum 02-02-1992</p><p>Personeelsnummer 1001</p><p>Contactpersoon: N. Bakker</p>", expected: "number-only" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Werknemer N. Bakker</p><p>Geboortedatum 16-04-1986</p><p>Werknemer K. de Vries</p><p>Geboortedatum 03-11-1998</p>", expected: "two-match" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Loonheffingennummer 999990044L01</p><p>Personeelsnummer 1001</p><p>Naam N. Bakker</p><p>Geboortedatum 16-04-1986</p>", expected: "other-employer" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam J. de Boer</p><p>Geboortedatum 09-09-1989</p>", expected: "jan-young" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam P. Bakker</p><p>Geboortedatum 16-04-1986</p>", expected: "nobody-matches" },
      { html: "<h1>Loonstrook maart 2026</h1><p>Naam N. Bakker</p><p>Geboortedatum 16-04-1986</p><p>Pagina 1 van 2</p>", expected: "page-missing" },
      { html: "<h1>Verzamelloonstaat maart 2026</h1><p>1001 N. Bakker 3.000,00</p><p>1002 K. de Vries 2.000,00</p>", expected: "employer-document" },
      { html: "<svg width='300' height='200'><rect width='280' height='150' fill='gray'/></svg>", expected: "no-text" },
    ],
  },
]

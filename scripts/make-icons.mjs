import { writeFileSync } from "node:fs"

/**
 * Writes src/ui/icons.css: each icon as a mask, so that one icon on a page is one class name and the pictures travel once, with the style sheet.
 * To add an icon: add a line here and run `node scripts/make-icons.mjs`. Shapes are Lucide's (ISC licence, https://lucide.dev/license).
 */
const shapes = {
  add: "plus",
  back: "chevron-left",
  backups: "database-backup",
  bad: "circle-exclamation-point",
  check: "check",
  clock: "clock",
  close: "x",
  delete: "trash",
  details: "info",
  dossier: "folder",
  down: "chevron-down",
  download: "download",
  edit: "pencil",
  employees: "users",
  employers: "building-complex",
  file: "file-text",
  find: "search",
  fit: "maximize",
  good: "circle-check",
  hide: "eye-off",
  home: "house",
  info: "info",
  keys: "keyboard",
  lock: "lock",
  mail: "mail",
  minus: "minus",
  more: "ellipsis",
  next: "chevron-right",
  print: "printer",
  profile: "user",
  sendings: "send",
  share: "share-2",
  sort: "chevrons-up-down",
  unread: "inbox",
  up: "chevron-up",
  upload: "upload",
  view: "eye",
  wait: "clock",
}

const lines = await Promise.all(Object.entries(shapes).map(async ([name, shape]) => `.icon-${name} { --shape: url("${await picture(shape)}"); }`))
writeFileSync(
  new URL("../src/ui/icons.css", import.meta.url),
  `/* Written by scripts/make-icons.mjs from Lucide's shapes (ISC licence). */
.icon { display: inline-block; flex: none; inline-size: var(--icon); block-size: var(--icon); background: currentColor; mask: var(--shape) center / contain no-repeat; vertical-align: -0.2em; }
.icon.small { inline-size: var(--icon-small); block-size: var(--icon-small); }
@media (forced-colors: active) { .icon, .act::before { forced-color-adjust: none; background: CanvasText; } a .icon, a.act::before { background: LinkText; } }
${lines.join("\n")}
`,
)

async function picture(shape) {
  const { __iconData } = await import(`../node_modules/lucide-react/dist/esm/icons/${shape}.mjs`)
  const parts = __iconData.node.map(([tag, { key, ...rest }]) => `<${tag}${Object.entries(rest).map(([name, value]) => ` ${name}='${value}'`).join("")}/>`)
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='black' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'>${parts.join("")}</svg>`
  return `data:image/svg+xml,${svg.replaceAll("<", "%3C").replaceAll(">", "%3E").replaceAll("#", "%23")}`
}

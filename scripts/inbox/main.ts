import { startInbox } from "./inbox.ts"

const { INBOX_FOLDER = ".data/mails", INBOX_HOST = "127.0.0.1", INBOX_PORT = "8025", SMTP_PORT = "1025" } = process.env

const inbox = await startInbox({ folder: INBOX_FOLDER, host: INBOX_HOST, web: Number(INBOX_PORT), smtp: Number(SMTP_PORT) })
const { web, smtp } = inbox
if (process.send) process.send({ web, smtp })
else console.log(`Postvak: http://localhost:${web}, SMTP op poort ${smtp}`)

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void inbox.stop().then(() => process.exit(0)))

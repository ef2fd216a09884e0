/** A report of one mail that did not arrive, as a mail server writes it (RFC 3464). `to` is the return path it came to; `messageId` what the mail that came back was called. */
export type ReportToWrite = { to: string; receiver: string; action?: string; status?: string; diagnostic?: string; from?: string; original?: string; extra?: string; messageId?: string }

/** The report, as it is on the wire. */
export function report({ to, receiver, action = "failed", status = "5.1.1", diagnostic = "", from = "MAILER-DAEMON@mx.elders.test", original = "", extra = "", messageId = "" }: ReportToWrite): Buffer {
  return wire(`
Return-Path: <>
From: Mail Delivery System <${from}>
To: ${to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

This is the mail system.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.elders.test
Arrival-Date: Wed, 25 Mar 2026 10:12:00 +0100

Final-Recipient: rfc822; ${receiver}
${original ? `Original-Recipient: rfc822;${original}\n` : ""}Action: ${action}
Status: ${status}
${diagnostic ? `Diagnostic-Code: smtp; ${diagnostic}\n` : ""}${extra}
--grens
Content-Type: message/rfc822

From: portaal@loondossier.test
To: ${receiver}
${messageId ? `Message-ID: <${messageId}>\n` : ""}Subject: Er staat iets voor u klaar

Dag
--grens--
`)
}

/** Lines as they go over the wire. */
export function wire(text: string): Buffer {
  return Buffer.from(text.trimStart().replace(/\r?\n/g, "\r\n"))
}

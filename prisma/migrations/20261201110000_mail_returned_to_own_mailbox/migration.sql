-- By whose mailbox a mail left; null by the portal's own server. Only what comes back to that mailbox says anything of it.
alter table mail add column through_id uuid;

-- Where the own mailbox is read for mails that came back; null where it is not. What was looked at already, when it is looked at next, when that last went well, and why it did not.
alter table mailbox
  add column imap_host text,
  add column imap_port integer,
  add column imap_seen text,
  add column reading_at timestamptz(3),
  add column read_at timestamptz(3),
  add column read_failure text,
  add constraint mailbox_imap check ((imap_host is null) = (imap_port is null));

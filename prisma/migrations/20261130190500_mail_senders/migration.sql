-- Whose files or access a mail is about: it goes through the mailbox, and in the words, of that employer or its office.
alter table mail add column party_id uuid,
  add constraint mail_party_id_fkey foreign key (party_id) references audience (id) on delete set null on update cascade;
alter table reminder_due add column party_id uuid;

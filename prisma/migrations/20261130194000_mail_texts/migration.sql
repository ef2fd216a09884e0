-- What a mail says in the words of a party: of the operator where it is nobody's, of an office or of an employer. The nearest to the receiver counts.
create table mail_text (
  id uuid not null,
  party_id uuid,
  kind text not null,
  locale text not null,
  subject text not null,
  before text not null,
  after text not null,
  changed_by uuid,
  changed_at timestamptz(3) not null default current_timestamp,
  constraint mail_text_pkey primary key (id),
  constraint mail_text_locale check (locale in ('nl', 'en')),
  constraint mail_text_subject check (subject !~ '[\n\r]')
);
alter table mail_text add constraint mail_text_party_id_fkey foreign key (party_id) references audience (id) on delete restrict on update cascade;
create unique index mail_text_of_party on mail_text (party_id, kind, locale) where party_id is not null;
create unique index mail_text_of_operator on mail_text (kind, locale) where party_id is null;

-- The owners of a party change its words, and see those that count where it has none: of the office that works for it, and of the operator.
alter table mail_text enable row level security;
create policy system_all on mail_text for all to portal_system using (true) with check (true);
create policy of_owner on mail_text for all to portal_app
  using (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner' and (select viewer_workplace()) is null)
  with check (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner' and (select viewer_workplace()) is null);
create policy above on mail_text for select to portal_app using (
  (select viewer_rank()) = 'owner' and (select viewer_workplace()) is null
  and (party_id is null or party_id in (select e.office_id from engagement e where e.employer_id = (select viewer_party()) and e.ended_at is null))
);
grant select, insert, update, delete on mail_text to portal_system;
grant select, insert, delete on mail_text to portal_app;

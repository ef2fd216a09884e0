-- Replaced and withdrawn payroll files, reminders, and the month board (docs/decisions/023).

-- An earlier version points at the one that came in its place, and its grants say so too: they still show it, and count as nothing new.
alter table dossier_file add column replaced_by_id uuid, add column replaced_at timestamptz(3);
alter table dossier_file add constraint dossier_file_replaced_by_id_fkey foreign key (replaced_by_id) references dossier_file (id) on delete set null on update cascade;
alter table dossier_file add constraint dossier_file_replaced check ((replaced_by_id is null) = (replaced_at is null) and replaced_by_id <> id);
create index dossier_file_replaced on dossier_file (replaced_by_id) where replaced_by_id is not null;
alter table file_grant add column replaced_at timestamptz(3);

-- What is left of a withdrawn file for who had it: what it was, when it was withdrawn, by whom and why. Its content is behind grants, which ended.
create table withdrawal (
  file_id uuid not null,
  dossier_id uuid not null,
  kind text not null,
  year integer,
  period integer,
  period_kind text,
  sender_name text not null,
  by_audience_id uuid not null,
  reason text not null,
  placed_at timestamptz(3) not null,
  withdrawn_at timestamptz(3) not null,
  constraint withdrawal_pkey primary key (file_id),
  constraint withdrawal_file_id_fkey foreign key (file_id) references dossier_file (id) on delete restrict on update cascade,
  constraint withdrawal_reason check (reason in ('wrong-person', 'wrong-amount', 'wrong-period', 'twice', 'other'))
);
create index withdrawal_dossier_id_idx on withdrawal (dossier_id);
-- Who could see it at that moment, and what the audit chain knew then of their opening it.
create table withdrawal_receiver (
  file_id uuid not null,
  audience_id uuid not null,
  by_audience_id uuid not null,
  opened_at timestamptz(3),
  last_opened_at timestamptz(3),
  openings integer not null,
  constraint withdrawal_receiver_pkey primary key (file_id, audience_id),
  constraint withdrawal_receiver_file_id_fkey foreign key (file_id) references withdrawal (file_id) on delete restrict on update cascade
);
create index withdrawal_receiver_audience_id_idx on withdrawal_receiver (audience_id);

-- What a sent delivery holds of one period, and of how much of it the party that it was for has opened: kept as it happens, so that a year of two
-- hundred clients is a few thousand rows of one index. A file counts once, from when somebody first read it for the party it was placed with.
create table delivery_tally (
  delivery_id uuid not null,
  year integer not null,
  period_kind text not null,
  period integer not null,
  audience_id uuid not null,
  employer_id uuid not null,
  documents integer not null,
  opened integer not null,
  constraint delivery_tally_pkey primary key (delivery_id, year, period_kind, period)
);
create index delivery_tally_audience_id_year_idx on delivery_tally (audience_id, year);
create table file_first_read (
  file_id uuid not null,
  read_at timestamptz(3) not null default current_timestamp,
  constraint file_first_read_pkey primary key (file_id),
  constraint file_first_read_file_id_fkey foreign key (file_id) references dossier_file (id) on delete cascade on update cascade
);
create index delivery_open on delivery (audience_id) where state <> 'sent';
create index mail_failed on mail (delivery_id) where state = 'failed' and delivery_id is not null;

-- Reminders: how far each round of so many days has come, and who still has to be mailed.
create table reminder_round (
  days integer not null,
  done_until timestamptz(3) not null,
  constraint reminder_round_pkey primary key (days)
);
create table reminder_due (
  account_id uuid not null,
  to_address text not null,
  constraint reminder_due_pkey primary key (account_id),
  constraint reminder_due_account_id_fkey foreign key (account_id) references account (id) on delete cascade on update cascade
);
create index file_grant_placed on file_grant (starts_at) where reason = 'placed' and ended_at is null;

do $$ declare t text; begin
  foreach t in array array['withdrawal', 'withdrawal_receiver', 'delivery_tally', 'file_first_read', 'reminder_round', 'reminder_due'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
  end loop;
end $$;
-- Who had it, and who sent it; who else had it and opened it is for the sender alone.
create policy received_or_sent on withdrawal_receiver for select to portal_app using (
  audience_id = any ((select viewer_audiences())::uuid[]) or by_audience_id = any ((select viewer_audiences())::uuid[])
);
create policy received_or_sent on withdrawal for select to portal_app using (
  by_audience_id = any ((select viewer_audiences())::uuid[]) or (select true from withdrawal_receiver r where r.file_id = withdrawal.file_id limit 1)
);
create policy own_tally on delivery_tally for select to portal_app using (audience_id = any ((select viewer_audiences())::uuid[]));
grant select on withdrawal, withdrawal_receiver, delivery_tally to portal_app;

-- The tallies of these files change by so much. Taken in one order, so that two who change several wait for each other and do not lock each other.
create function change_tally(p_files uuid[], p_documents int, p_opened int) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from delivery_tally t where (t.delivery_id, t.year, t.period_kind, t.period) in (
      select f.delivery_id, f.year, coalesce(f.period_kind, 'month'), f.period from dossier_file f where f.id = any (p_files))
    order by t.delivery_id, t.year, t.period_kind, t.period for no key update;
  update delivery_tally t set documents = t.documents + p_documents * c.files, opened = t.opened + p_opened * c.opened
    from (
      select f.delivery_id, f.year, coalesce(f.period_kind, 'month') as period_kind, f.period, count(*) as files, count(r.file_id) as opened
      from dossier_file f left join file_first_read r on r.file_id = f.id where f.id = any (p_files) group by 1, 2, 3, 4
    ) c
    where t.delivery_id = c.delivery_id and t.year = c.year and t.period_kind = c.period_kind and t.period = c.period;
end $$;
revoke all on function change_tally(uuid[], int, int) from public;

-- A file that the party it was placed with reads for the first time counts as opened; what was replaced by then counts no more.
create function note_first_read() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare v_fresh uuid[];
begin
  with fresh as (
    insert into file_first_read (file_id)
    select distinct a.file_id from added a
      join dossier_file f on f.id = a.file_id and f.delivery_id is not null and f.replaced_by_id is null
      join dossier d on d.id = f.dossier_id
      join account_role r on r.account_id = a.account_id and r.party_id = d.owner_id
    order by 1
    on conflict do nothing returning file_id
  )
  select array_agg(file_id) into v_fresh from fresh;
  if v_fresh is not null then perform change_tally(v_fresh, 0, 1); end if;
  return null;
end $$;
revoke all on function note_first_read() from public;
create trigger note_first_read after insert on file_read referencing new table as added for each statement execute function note_first_read();

-- Begins the tallies of a delivery whose files stand.
create function tally_delivery(p_delivery uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into delivery_tally (delivery_id, year, period_kind, period, audience_id, employer_id, documents, opened)
  select f.delivery_id, f.year, coalesce(f.period_kind, 'month'), f.period, d.audience_id, d.employer_id, count(*), count(r.file_id)
  from dossier_file f join delivery d on d.id = f.delivery_id left join file_first_read r on r.file_id = f.id
  where f.delivery_id = p_delivery and f.year is not null and f.period is not null and f.replaced_by_id is null
  group by 1, 2, 3, 4, 5, 6
  on conflict do nothing
$$;
revoke all on function tally_delivery(uuid) from public;
grant execute on function tally_delivery(uuid) to portal_system;
insert into file_first_read (file_id, read_at)
  select a.file_id, min(a.read_at) from file_read a
    join dossier_file f on f.id = a.file_id and f.delivery_id is not null
    join dossier d on d.id = f.dossier_id join account_role r on r.account_id = a.account_id and r.party_id = d.owner_id
  group by a.file_id;
select tally_delivery(id) from delivery where state = 'sent';

-- Each of these files is over because of the other: it stays in sight, and is nothing new to anybody.
create function supersede(p_old uuid[], p_new uuid[], p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform change_tally(p_old, -1, -1);
  update dossier_file f set replaced_by_id = p.new_id, replaced_at = p_at from unnest(p_old, p_new) as p (old_id, new_id) where f.id = p.old_id;
  update file_grant set replaced_at = p_at where file_id = any (p_old) and ended_at is null;
end $$;
revoke all on function supersede(uuid[], uuid[], timestamptz) from public;

-- What a delivery brought to a person for a second time, from the same sender, of one kind and period, takes the place of what was there. Gives which.
create function replace_earlier(p_delivery uuid, p_at timestamptz) returns table (old_id uuid, new_id uuid, dossier_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_old uuid[]; v_new uuid[];
begin
  select array_agg(o.id order by o.id), array_agg(n.id order by o.id) into v_old, v_new
    from dossier_file n join dossier d on d.id = n.dossier_id join employee w on w.id = d.owner_id
      join dossier_file o on o.dossier_id = n.dossier_id and o.year = n.year and o.id <> n.id
    where n.delivery_id = p_delivery and n.kind in ('payslip', 'annual-statement') and o.delivery_id is distinct from n.delivery_id
      and o.origin = 'payroll' and o.kind = n.kind and o.period is not distinct from n.period and o.period_kind is not distinct from n.period_kind
      and o.sender_id = n.sender_id and o.replaced_by_id is null and not exists (select from withdrawal x where x.file_id = o.id);
  if v_old is null then return; end if;
  perform from dossier_file where id = any (v_old) order by id for no key update;
  perform supersede(v_old, v_new, p_at);
  return query select p.old_id, p.new_id, f.dossier_id from unnest(v_old, v_new) as p (old_id, new_id) join dossier_file f on f.id = p.new_id;
end $$;
revoke all on function replace_earlier(uuid, timestamptz) from public;
grant execute on function replace_earlier(uuid, timestamptz) to portal_system;

-- The sender of a payroll file, who sees it, and what is recorded in its dossier: both held until the transaction ends, the chain first, as whoever delivers
-- does. By which audience the sender sees it, and whether it can be withdrawn or replaced: "refused" is somebody else's. Nothing for who does not see it.
create function hold_sent_file(p_file uuid) returns table (state text, by_audience uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  f dossier_file;
  v_by uuid;
begin
  perform from audit_chain c where c.id = (select d.dossier_id from dossier_file d where d.id = p_file) for update;
  select * into f from dossier_file where id = p_file for no key update;
  select g.audience_id into v_by from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g) order by g.audience_id limit 1;
  if v_by is null then return; end if;
  return query select case
    when f.origin <> 'payroll' or f.sender_id is distinct from viewer_party() then 'refused'
    when exists (select from withdrawal w where w.file_id = p_file) then 'withdrawn'
    when f.replaced_by_id is not null then 'replaced'
    else 'current' end, v_by;
end $$;
revoke all on function hold_sent_file(uuid) from public;

-- Whether a grant shows a file to who sent it: the party itself, or an office by the engagement through which it works.
create function is_senders(g file_grant, p_sender uuid) returns boolean language sql stable
  as $$ select g.audience_id = p_sender or exists (select from engagement e where e.id = g.audience_id and e.office_id = p_sender) $$;

-- Withdraws a file: whoever had it, has it no more from this moment; only the sender still does. What each of them had done with it is kept. An opening
-- waits for this, or this for the opening: by the head of the dossier's chain. "withdrawn" when it was done now, "again" when it was before.
create function withdraw_file(p_file uuid, p_reason text, p_at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
begin
  select * into v from hold_sent_file(p_file);
  if v.state is null or v.state = 'refused' then return v.state; end if;
  if v.state = 'withdrawn' then return 'again'; end if;
  insert into withdrawal (file_id, dossier_id, kind, year, period, period_kind, sender_name, by_audience_id, reason, placed_at, withdrawn_at)
    select f.id, f.dossier_id, f.kind, f.year, f.period, f.period_kind, f.sender_name, v.by_audience, p_reason, f.created_at, p_at from dossier_file f where f.id = p_file;
  insert into withdrawal_receiver (file_id, audience_id, by_audience_id, opened_at, last_opened_at, openings)
    select p_file, r.audience_id, v.by_audience, min(e.at), max(e.at), count(e.id)
    from (select distinct g.audience_id from file_grant g where g.file_id = p_file and not is_senders(g, viewer_party()) and is_live(g)) r
      left join audit_event e on e.subject_id = p_file and e.party_id = r.audience_id and e.kind in ('file.viewed', 'file.downloaded')
    group by r.audience_id;
  update file_grant g set ended_at = now() where g.file_id = p_file and not is_senders(g, viewer_party()) and g.ended_at is null;
  if v.state = 'current' then perform change_tally(array[p_file], -1, -1); end if;
  return 'withdrawn';
end $$;
revoke all on function withdraw_file(uuid, text, timestamptz) from public;
grant execute on function withdraw_file(uuid, text, timestamptz) to portal_app;

-- Places another version for whoever sees this one. "replaced-now", "again" for the same new one, or why it cannot be.
create function replace_file(p_old uuid, p_new uuid, p_size int, p_sha256 bytea, p_storage_key text, p_at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
begin
  select * into v from hold_sent_file(p_old);
  if v.state = 'replaced' and exists (select from dossier_file where id = p_old and replaced_by_id = p_new) then return 'again'; end if;
  if v.state is distinct from 'current' then return v.state; end if;
  if exists (select from dossier_file where id = p_old and media_type <> 'application/pdf') then return 'not-a-pdf'; end if;
  insert into dossier_file (id, dossier_id, employer_id, origin, kind, year, period, period_kind, media_type, size, sha256, storage_key, sender_id, sender_name, delivery_id, created_at)
    select p_new, dossier_id, employer_id, origin, kind, year, period, period_kind, media_type, p_size, p_sha256, p_storage_key, sender_id, sender_name, delivery_id, p_at
    from dossier_file where id = p_old;
  insert into file_grant (id, file_id, audience_id, employer_id, reason, given_by, starts_at, ends_at)
    select uuidv7(), p_new, audience_id, employer_id, reason, viewer_account(), greatest(starts_at, p_at), ends_at
    from file_grant where file_id = p_old and reason in ('placed', 'delivered') and parent_id is null and ended_at is null;
  perform change_tally(array[p_new], 1, 0);
  perform supersede(array[p_old], array[p_new], p_at);
  return 'replaced-now';
end $$;
revoke all on function replace_file(uuid, uuid, int, bytea, text, timestamptz) from public;
grant execute on function replace_file(uuid, uuid, int, bytea, text, timestamptz) to portal_app;

-- As it was, but once the chain is held it looks again whether the viewer still sees the file: null when it was withdrawn a moment ago. So no opening
-- stands in the chain, and none is answered, after a withdrawal that did not know of it.
create or replace function record_opening(p_chain uuid, p_kind text, p_file uuid, p_session uuid, p_is_part boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_is_part and opened_lately(p_chain, p_kind, p_file, p_session) then return false; end if;
  perform from audit_chain where id = p_chain for update;
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return null; end if;
  if p_is_part and opened_lately(p_chain, p_kind, p_file, p_session) then return false; end if;
  perform record_event(p_chain, p_kind, null, null, p_file, jsonb_build_object('session', p_session));
  return true;
end $$;

-- As it was, without what another version came in the place of.
create or replace function unread_grants(p_audience uuid, p_at timestamptz, p_grant uuid, p_since timestamptz, p_limit int)
  returns table (id uuid, file_id uuid, starts_at timestamptz) language sql stable as $$
  select g.id, g.file_id, g.starts_at from file_grant g
  where g.audience_id = p_audience and g.reason <> 'delivered' and g.ended_at is null and g.replaced_at is null
    and g.starts_at >= p_since and g.starts_at <= p_at and (g.starts_at < p_at or g.id < p_grant)
    and (select true from file_read r where r.account_id = (select viewer_account()) and r.file_id = g.file_id limit 1) is null
    and (select true from file_grant n
         where n.file_id = g.file_id and n.reason <> 'delivered' and n.ended_at is null and (n.starts_at, n.id) > (g.starts_at, g.id) limit 1) is null
  order by g.starts_at desc, g.id desc limit p_limit
$$;

-- Of the viewer's deliveries over a year, how many accounts could not be mailed, and were not by any mail since.
create function failed_mails(p_year int) returns table (delivery_id uuid, failed int)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.delivery_id, count(distinct m.account_id)::int
  from (select distinct t.delivery_id from delivery_tally t where t.audience_id = any ((select viewer_audiences())::uuid[]) and t.year = p_year) sent
    join mail m on m.delivery_id = sent.delivery_id and m.state = 'failed'
  where not exists (select from mail l where l.account_id = m.account_id and l.state = 'sent' and l.queued_at > m.queued_at)
  group by m.delivery_id
$$;
revoke all on function failed_mails(int) from public;
grant execute on function failed_mails(int) to portal_app;

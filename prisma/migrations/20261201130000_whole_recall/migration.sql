-- A whole delivery withdrawn at once, and why in words (docs/decisions/037).

-- Beside the reason of the list; and as part of which delivery, where all of that was withdrawn at once.
alter table withdrawal add column note text, add column delivery_id uuid;
alter table withdrawal add constraint withdrawal_note check (length(note) between 1 and 500);
create index withdrawal_delivery on withdrawal (delivery_id) where delivery_id is not null;
alter table dossier_file add column replaced_note text;
alter table dossier_file add constraint dossier_file_replaced_note check (length(replaced_note) between 1 and 500);
alter table delivery add column withdrawn_at timestamptz(3);

-- As it was, and keeps what the sender said of it.
drop function withdraw_file(uuid, text, timestamptz);
create function withdraw_file(p_file uuid, p_reason text, p_at timestamptz, p_note text default null) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
begin
  select * into v from hold_sent_file(p_file);
  if v.state is null or v.state = 'refused' then return v.state; end if;
  if v.state = 'withdrawn' then return 'again'; end if;
  insert into withdrawal (file_id, dossier_id, kind, year, period, period_kind, sender_name, by_audience_id, reason, note, placed_at, withdrawn_at)
    select f.id, f.dossier_id, f.kind, f.year, f.period, f.period_kind, f.sender_name, v.by_audience, p_reason, p_note, f.created_at, p_at from dossier_file f where f.id = p_file;
  insert into withdrawal_receiver (file_id, audience_id, by_audience_id, opened_at, last_opened_at, openings)
    select p_file, r.audience_id, v.by_audience, min(e.at), max(e.at), count(e.id)
    from (select distinct g.audience_id from file_grant g where g.file_id = p_file and not is_senders(g, viewer_party()) and is_live(g)) r
      left join audit_event e on e.subject_id = p_file and e.party_id = r.audience_id and e.kind in ('file.viewed', 'file.downloaded')
    group by r.audience_id;
  update file_grant g set ended_at = now() where g.file_id = p_file and not is_senders(g, viewer_party()) and g.ended_at is null;
  if v.state = 'current' then perform change_tally(array[p_file], -1, -1); end if;
  return 'withdrawn';
end $$;
revoke all on function withdraw_file(uuid, text, timestamptz, text) from public;
grant execute on function withdraw_file(uuid, text, timestamptz, text) to portal_app;

-- Whether the viewer is who sent this delivery, and works for its employer still.
create function sent_by_viewer(p_delivery uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from delivery d where d.id = p_delivery and d.state = 'sent' and d.sender_id = viewer_party() and d.audience_id = any (viewer_audiences()))
$$;
revoke all on function sent_by_viewer(uuid) from public;

-- Withdraws what a delivery brought, as far as that was not withdrawn or replaced before, and gives what was withdrawn now. All its chains are held before the
-- first file, and all its files before the first tally: in the order in which whoever withdraws or opens one of them holds those.
create function withdraw_delivery(p_delivery uuid, p_reason text, p_note text, p_at timestamptz) returns table (file_id uuid, dossier_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_file record;
begin
  perform from delivery d where d.id = p_delivery for update;
  if not sent_by_viewer(p_delivery) then return; end if;
  perform from audit_chain c where c.id in (select f.dossier_id from delivery_item i join dossier_file f on f.id = i.file_id where i.delivery_id = p_delivery)
    order by c.id for update;
  perform from dossier_file f where f.id in (select i.file_id from delivery_item i where i.delivery_id = p_delivery) order by f.id for no key update;
  for v_file in
    select f.id, f.dossier_id from delivery_item i join dossier_file f on f.id = i.file_id
    where i.delivery_id = p_delivery and f.replaced_by_id is null and not exists (select from withdrawal w where w.file_id = f.id)
    order by f.id
  loop
    if withdraw_file(v_file.id, p_reason, p_at, p_note) = 'withdrawn' then
      update withdrawal w set delivery_id = p_delivery where w.file_id = v_file.id;
      return query select v_file.id, v_file.dossier_id;
    end if;
  end loop;
  update delivery d set withdrawn_at = p_at where d.id = p_delivery and d.withdrawn_at is null;
end $$;
revoke all on function withdraw_delivery(uuid, text, text, timestamptz) from public;
grant execute on function withdraw_delivery(uuid, text, text, timestamptz) to portal_app;

-- Who opened what of a delivery that is still there as it was sent, for its sender alone: each party that is not the sender, and each file, once.
create function openings_of_delivery(p_delivery uuid) returns table (file_id uuid, audience_id uuid, openings int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not sent_by_viewer(p_delivery) then return; end if;
  return query
    select e.subject_id, e.party_id, count(*)::int
    from delivery_item i join dossier_file f on f.id = i.file_id and f.replaced_by_id is null
      join audit_event e on e.subject_id = f.id and e.kind in ('file.viewed', 'file.downloaded') and e.party_id <> viewer_party()
    where i.delivery_id = p_delivery and not exists (select from withdrawal w where w.file_id = f.id)
      and exists (select from file_grant g where g.file_id = f.id and g.audience_id = e.party_id and not is_senders(g, viewer_party()) and is_live(g))
    group by 1, 2;
end $$;
revoke all on function openings_of_delivery(uuid) from public;
grant execute on function openings_of_delivery(uuid) to portal_app;

-- As it was, and keeps with the earlier version what the sender said of it.
drop function replace_file(uuid, uuid, int, bytea, text, timestamptz);
create function replace_file(p_old uuid, p_new uuid, p_size int, p_sha256 bytea, p_storage_key text, p_at timestamptz, p_note text default null) returns text
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
  update dossier_file set replaced_note = p_note where id = p_old;
  return 'replaced-now';
end $$;
revoke all on function replace_file(uuid, uuid, int, bytea, text, timestamptz, text) from public;
grant execute on function replace_file(uuid, uuid, int, bytea, text, timestamptz, text) to portal_app;

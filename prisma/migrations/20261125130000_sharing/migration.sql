-- Sharing of own files, the bin, and moving to another office.

-- In the bin. A grant sleeps while its file is there: seen by nobody, and back as it was when the file comes back.
alter table dossier_file add column binned_at timestamptz(3);
alter table file_grant add column asleep_at timestamptz(3);
alter table dossier_file add constraint dossier_file_bin check (binned_at is null or origin = 'own');
create index dossier_file_binned on dossier_file (binned_at) where binned_at is not null;
create index file_grant_shared on file_grant (audience_id) where reason in ('shared', 'shared_on') and ended_at is null;

-- The rule, with one word more: it is not asleep.
alter policy live_for_viewer on file_grant using (
  audience_id = any ((select viewer_audiences())::uuid[])
  and starts_at <= now()
  and (ends_at is null or ends_at > now())
  and ended_at is null
  and asleep_at is null
);

-- Whether a grant counts now, for the functions below, which look past the viewer.
create function is_live(g file_grant) returns boolean language sql stable
  as $$ select g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null and g.asleep_at is null $$;

-- The step along which this viewer may share a file with an audience, if there is one: why, from which grant, in whose world, and until when
-- at most. One step at a time (policy/share-steps.ts): an own file to who stands next, and an employee's file on to the employer's office.
-- Who does not see the file shares nothing. Not for the app itself: it asks share_files.
create function share_step(p_file uuid, p_to uuid)
  returns table (reason grant_reason, parent_id uuid, employer_id uuid, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with seen as (
    select f.id, d.owner_id from dossier_file f join dossier d on d.id = f.dossier_id
    where f.id = p_file and f.origin = 'own' and f.binned_at is null
      and exists (select from file_grant g where g.file_id = f.id and g.audience_id = viewer_party() and is_live(g))
  ), own as (select * from seen where owner_id = viewer_party())
  select 'shared'::grant_reason, null::uuid, w.employer_id, null::timestamptz
    from own join employee w on w.id = own.owner_id where w.employer_id = p_to
  union all
  select 'shared', null, e.employer_id, null
    from own join engagement e on e.employer_id = own.owner_id where e.id = p_to and e.ended_at is null
  union all
  select 'shared', null, w.employer_id, null
    from own join employee w on w.employer_id = own.owner_id where w.id = p_to
  union all
  select 'shared', null, e.employer_id, null
    from own join engagement e on e.office_id = own.owner_id where e.employer_id = p_to and e.ended_at is null
  union all
  select 'shared_on', g.id, e.employer_id, g.ends_at
    from seen join employee w on w.id = seen.owner_id and w.employer_id = viewer_party()
      join file_grant g on g.file_id = seen.id and g.audience_id = w.employer_id and g.reason = 'shared' and is_live(g)
      join engagement e on e.id = p_to and e.employer_id = w.employer_id and e.ended_at is null
  order by 4 desc nulls first limit 1
$$;
revoke all on function share_step(uuid, uuid) from public;

-- Shares each of these files with each of these audiences until a moment, or without end: all of them, or none when one of the steps may
-- not be taken. What was shared already is not shared twice, but gets the new end; what was shared on from it lasts no longer. Returns per
-- file how many see it anew. Everything that shares, ends, bins or brings back takes the files first, in one order, so that nothing is
-- shared on from what was just ended.
create function share_files(p_files uuid[], p_to uuid[], p_until timestamptz) returns table (file_id uuid, added int)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  perform from dossier_file where id = any (p_files) order by id for no key update;
  if exists (select from unnest(p_files) f(id) cross join unnest(p_to) t(id)
      where not exists (select from share_step(f.id, t.id))) then return; end if;
  return query
    with pair as (select distinct f.id as file_id, t.id as audience_id from unnest(p_files) f(id) cross join unnest(p_to) t(id)),
    step as (
      select p.file_id, p.audience_id, s.reason, s.parent_id, s.employer_id, least(s.ends_at, p_until) as ends_at
      from pair p cross join lateral share_step(p.file_id, p.audience_id) s
    ), kept as (
      update file_grant g set ends_at = s.ends_at from step s
      where g.file_id = s.file_id and g.audience_id = s.audience_id and g.reason = s.reason and g.parent_id is not distinct from s.parent_id
        and is_live(g)
      returning g.id, g.file_id, g.audience_id, g.ends_at
    ), narrowed as (
      update file_grant c set ends_at = least(c.ends_at, k.ends_at) from kept k where c.parent_id = k.id and c.ended_at is null
    ), given as (
      insert into file_grant (id, file_id, audience_id, employer_id, reason, given_by, parent_id, starts_at, ends_at)
      select uuidv7(), s.file_id, s.audience_id, s.employer_id, s.reason, viewer_account(), s.parent_id, now(), s.ends_at from step s
      where not exists (select from file_grant g where g.file_id = s.file_id and g.audience_id = s.audience_id and g.reason = s.reason
        and g.parent_id is not distinct from s.parent_id and is_live(g))
      returning file_id
    )
    select p.file_id, (select count(*)::int from given where given.file_id = p.file_id) from (select distinct file_id from pair) p;
end $$;
revoke all on function share_files(uuid[], uuid[], timestamptz) from public;
grant execute on function share_files(uuid[], uuid[], timestamptz) to portal_app;

-- The shares of a file that this viewer may end, live or asleep: all of them for its owner, and for who shared it on, those.
create function shares_of(p_file uuid)
  returns table (id uuid, kind audience_kind, name text, initials text, prefix text, reason grant_reason, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.id, a.kind, coalesce(o.name, r.name, eo.name, w.surname), w.initials, w.prefix, g.reason, g.starts_at, g.ends_at
  from file_grant g
    join dossier_file f on f.id = g.file_id
    join dossier d on d.id = f.dossier_id
    join audience a on a.id = g.audience_id
    left join file_grant p on p.id = g.parent_id
    left join office o on o.id = a.id
    left join employer r on r.id = a.id
    left join employee w on w.id = a.id
    left join engagement e on e.id = a.id and e.ended_at is null
    left join office eo on eo.id = e.office_id
  where g.file_id = p_file and g.reason in ('shared', 'shared_on') and is_live(g) and (a.kind <> 'engagement' or e.id is not null)
    and (d.owner_id = viewer_party() or p.audience_id = viewer_party())
  order by g.starts_at, 3, 4, g.id
$$;
revoke all on function shares_of(uuid) from public;
grant execute on function shares_of(uuid) to portal_app;

-- Ends a share, and in the same statement all that was shared on from it. By the owner of the file, or by who shared it on. Returns how
-- many ended; none when that was done before; null when it is no share of this viewer's.
create function end_share(p_file uuid, p_share uuid) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_ended int;
begin
  perform from dossier_file where id = p_file for no key update;
  perform from file_grant g join dossier_file f on f.id = g.file_id join dossier d on d.id = f.dossier_id
      left join file_grant p on p.id = g.parent_id
    where g.id = p_share and g.file_id = p_file and g.reason in ('shared', 'shared_on')
      and (d.owner_id = viewer_party() or p.audience_id = viewer_party());
  if not found then return null; end if;
  with recursive ending as (
    select p_share as id union select c.id from ending e join file_grant c on c.parent_id = e.id
  )
  update file_grant g set ended_at = now() from ending e where g.id = e.id and g.ended_at is null;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;
revoke all on function end_share(uuid, uuid) from public;
grant execute on function end_share(uuid, uuid) to portal_app;

-- The viewer's own bin, newest first.
create function own_bin()
  returns table (id uuid, dossier_id uuid, name text, media_type text, size int, binned_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.dossier_id, f.name, f.media_type, f.size, f.binned_at
  from dossier d join dossier_file f on f.dossier_id = d.id
  where d.owner_id = viewer_party() and f.binned_at is not null
  order by f.binned_at desc, f.id
$$;
revoke all on function own_bin() from public;
grant execute on function own_bin() to portal_app;

-- Puts own files in the bin, where all their grants sleep. Returns those that were not there yet; what is not the viewer's own stays.
create function bin_files(p_files uuid[]) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_binned uuid[];
begin
  perform from dossier_file where id = any (p_files) order by id for no key update;
  with binned as (
    update dossier_file f set binned_at = now() from dossier d
    where f.id = any (p_files) and d.id = f.dossier_id and d.owner_id = viewer_party() and f.origin = 'own' and f.binned_at is null
    returning f.id
  )
  select coalesce(array_agg(id), '{}') into v_binned from binned;
  update file_grant set asleep_at = now() where file_id = any (v_binned) and asleep_at is null;
  return query select unnest(v_binned);
end $$;
revoke all on function bin_files(uuid[]) from public;
grant execute on function bin_files(uuid[]) to portal_app;

-- "Zet terug": the files come back with all that still counts. Returns those that were in the viewer's bin.
create function restore_files(p_files uuid[]) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_restored uuid[];
begin
  perform from dossier_file where id = any (p_files) order by id for no key update;
  with restored as (
    update dossier_file f set binned_at = null from dossier d
    where f.id = any (p_files) and d.id = f.dossier_id and d.owner_id = viewer_party() and f.binned_at is not null
    returning f.id
  )
  select coalesce(array_agg(id), '{}') into v_restored from restored;
  update file_grant set asleep_at = null where file_id = any (v_restored) and asleep_at is not null;
  return query select unnest(v_restored);
end $$;
revoke all on function restore_files(uuid[]) from public;
grant execute on function restore_files(uuid[]) to portal_app;

-- "Wie ziet dit?", with the same word more.
create or replace function who_sees(p_file uuid)
  returns table (kind audience_kind, name text, initials text, prefix text, reason grant_reason, ends_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return; end if;
  return query
    select a.kind, coalesce(o.name, r.name, eo.name, w.surname), w.initials, w.prefix, g.reason, g.ends_at
    from file_grant g
      join audience a on a.id = g.audience_id
      left join office o on o.id = a.id
      left join employer r on r.id = a.id
      left join employee w on w.id = a.id
      left join engagement e on e.id = a.id and e.ended_at is null
      left join office eo on eo.id = e.office_id
    where g.file_id = p_file and is_live(g) and (a.kind <> 'engagement' or e.id is not null)
    order by a.kind, 2, 3;
end $$;

-- An employer asks an office to take it over. Names as they were then: until the office accepts, neither has the other in sight.
create table office_move (
  id uuid not null,
  employer_id uuid not null,
  office_id uuid not null,
  employer_name text not null,
  office_name text not null,
  asked_by uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  -- Confirmed by the employer: from then on the office knows of it.
  asked_at timestamptz(3),
  accepted_at timestamptz(3),
  declined_at timestamptz(3),
  withdrawn_at timestamptz(3),
  constraint office_move_pkey primary key (id),
  constraint office_move_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade,
  constraint office_move_office_id_fkey foreign key (office_id) references office (id) on delete restrict on update cascade
);
create index office_move_employer_id_idx on office_move (employer_id);
create index office_move_office_id_idx on office_move (office_id);
create unique index office_move_open on office_move (employer_id) where accepted_at is null and declined_at is null and withdrawn_at is null;
alter table office_move enable row level security;
create policy system_all on office_move for all to portal_system using (true) with check (true);
grant select, insert, update, delete on office_move to portal_system;
create policy both_sides on office_move for select to portal_app using (
  employer_id = (select viewer_party()) or (office_id = (select viewer_party()) and asked_at is not null)
);
grant select on office_move to portal_app;

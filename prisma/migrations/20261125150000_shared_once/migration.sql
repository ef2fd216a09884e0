-- The steps along which this viewer may share a file with these audiences: for each that may be reached, as share_step gave it for one. For all at
-- once, because asking it pair by pair took twenty thousand shares fifteen seconds. Not for the app itself: it asks share_files.
create function share_steps(p_file uuid, p_to uuid[])
  returns table (audience_id uuid, reason grant_reason, parent_id uuid, employer_id uuid, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with seen as (
    select f.id, d.owner_id from dossier_file f join dossier d on d.id = f.dossier_id
    where f.id = p_file and f.origin = 'own' and f.binned_at is null
      and exists (select from file_grant g where g.file_id = f.id and g.audience_id = viewer_party() and is_live(g))
  ), own as (select * from seen where owner_id = viewer_party()), step (audience_id, reason, parent_id, employer_id, ends_at) as (
    select w.employer_id, 'shared'::grant_reason, null::uuid, w.employer_id, null::timestamptz
      from own join employee w on w.id = own.owner_id where w.employer_id = any (p_to)
    union all
    select e.id, 'shared', null, e.employer_id, null
      from own join engagement e on e.employer_id = own.owner_id where e.id = any (p_to) and e.ended_at is null
    union all
    select w.id, 'shared', null, w.employer_id, null
      from own join employee w on w.employer_id = own.owner_id where w.id = any (p_to)
    union all
    select e.employer_id, 'shared', null, e.employer_id, null
      from own join engagement e on e.office_id = own.owner_id where e.employer_id = any (p_to) and e.ended_at is null
    union all
    select e.id, 'shared_on', g.id, e.employer_id, g.ends_at
      from seen join employee w on w.id = seen.owner_id and w.employer_id = viewer_party()
        join file_grant g on g.file_id = seen.id and g.audience_id = w.employer_id and g.reason = 'shared' and is_live(g)
        join engagement e on e.id = any (p_to) and e.employer_id = w.employer_id and e.ended_at is null
  )
  select distinct on (audience_id) * from step order by audience_id, ends_at desc nulls first, parent_id
$$;
revoke all on function share_steps(uuid, uuid[]) from public;

-- As it was, with two things more. Each file's steps are asked once. And a share counts as there also when it began after this transaction did: now() is
-- when a transaction began, so that of two tabs the one that began first and came last gave a second share, which outlived the end of the first.
create or replace function share_files(p_files uuid[], p_to uuid[], p_until timestamptz) returns table (file_id uuid, added int)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_files uuid[] := array(select distinct id from unnest(p_files) f(id));
  v_to uuid[] := array(select distinct id from unnest(p_to) t(id));
begin
  perform from dossier_file where id = any (v_files) order by id for no key update;
  if (select count(*) from unnest(v_files) f(id) cross join lateral share_steps(f.id, v_to)) < cardinality(v_files) * cardinality(v_to) then return; end if;
  return query
    with step as materialized (
      select f.id as file_id, s.audience_id, s.reason, s.parent_id, s.employer_id, least(s.ends_at, p_until) as ends_at
      from unnest(v_files) f(id) cross join lateral share_steps(f.id, v_to) s
    ), known as materialized (
      select s.*, (select g.id from file_grant g where g.file_id = s.file_id and g.audience_id = s.audience_id and g.reason = s.reason
          and g.parent_id is not distinct from s.parent_id and g.ended_at is null and (g.ends_at is null or g.ends_at > now())
          order by g.starts_at limit 1) as id
      from step s
    ), kept as (
      update file_grant g set ends_at = k.ends_at from known k where g.id = k.id returning g.id, g.ends_at
    ), narrowed as (
      update file_grant c set ends_at = least(c.ends_at, k.ends_at) from kept k where c.parent_id = k.id and c.ended_at is null
    ), given as (
      insert into file_grant (id, file_id, audience_id, employer_id, reason, given_by, parent_id, starts_at, ends_at)
      select uuidv7(), k.file_id, k.audience_id, k.employer_id, k.reason, viewer_account(), k.parent_id, now(), k.ends_at from known k where k.id is null
      returning file_id
    )
    select f.id, (select count(*)::int from given where given.file_id = f.id) from unnest(v_files) f(id);
end $$;
drop function share_step(uuid, uuid);

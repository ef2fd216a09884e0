-- "Wie ziet dit?" tells every party that sees a file, and names those the viewer may know of. To the owner and the sender that is everybody; to anybody
-- else it is the owner, the offices, the viewer's own employer and whom the viewer works for. A colleague who got the same file, or another client
-- of the same office, is counted and has no name.
create or replace function who_sees(p_file uuid)
  returns table (kind audience_kind, name text, initials text, prefix text, reason grant_reason, ends_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_owner uuid;
  v_sender uuid;
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return; end if;
  select d.owner_id, f.sender_id into v_owner, v_sender from dossier_file f join dossier d on d.id = f.dossier_id where f.id = p_file;
  return query
    select a.kind, case when known.yes then coalesce(o.name, r.name, eo.name, w.surname) end, case when known.yes then w.initials end,
           case when known.yes then w.prefix end, g.reason, g.ends_at
    from file_grant g
      join audience a on a.id = g.audience_id
      left join office o on o.id = a.id
      left join employer r on r.id = a.id
      left join employee w on w.id = a.id
      left join engagement e on e.id = a.id and e.ended_at is null
      left join office eo on eo.id = e.office_id
      cross join lateral (select viewer_party() in (v_owner, v_sender) or a.kind in ('office', 'engagement') or a.id = v_owner or a.id = viewer_party()
        or a.id is not distinct from viewer_workplace() or coalesce(r.id, w.employer_id) = any (viewer_employers()) as yes) known
    where g.file_id = p_file and is_live(g) and (a.kind <> 'engagement' or e.id is not null)
    order by a.kind, 2 nulls last, 3;
end $$;

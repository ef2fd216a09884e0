-- "Wie ziet dit?" gives the parts of a person's name, so that it is written as on every other page (policy/person-name.ts).
-- "name" is the whole name of an office or employer, and the surname of an employee.
drop function who_sees(uuid);
create function who_sees(p_file uuid)
  returns table (kind audience_kind, name text, initials text, prefix text, reason grant_reason, ends_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences())
      and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null) then return; end if;
  return query
    select a.kind, coalesce(o.name, r.name, eo.name, w.surname), w.initials, w.prefix, g.reason, g.ends_at
    from file_grant g
      join audience a on a.id = g.audience_id
      left join office o on o.id = a.id
      left join employer r on r.id = a.id
      left join employee w on w.id = a.id
      left join engagement e on e.id = a.id and e.ended_at is null
      left join office eo on eo.id = e.office_id
    where g.file_id = p_file and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null
      and (a.kind <> 'engagement' or e.id is not null)
    order by a.kind, 2, 3;
end $$;
revoke all on function who_sees(uuid) from public;
grant execute on function who_sees(uuid) to portal_app;

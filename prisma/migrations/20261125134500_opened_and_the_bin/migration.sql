-- Who opened a file is told to who sees it, and a file in the bin is seen by nobody.
create or replace function who_opened(p_file uuid, p_skip int, p_most int)
  returns table (at timestamptz, kind text, party audience_kind, name text, initials text, prefix text, is_own boolean, total int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_sees_all boolean;
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return; end if;
  select viewer_party() in (d.owner_id, f.sender_id) into v_sees_all from dossier_file f join dossier d on d.id = f.dossier_id where f.id = p_file;
  return query
    select e.at, e.kind, a.kind, coalesce(o.name, r.name, w.surname), w.initials, w.prefix,
           e.account_id = viewer_account() and e.party_id = viewer_party(), (count(*) over ())::int
    from audit_event e
      left join audience a on a.id = e.party_id
      left join office o on o.id = e.party_id
      left join employer r on r.id = e.party_id
      left join employee w on w.id = e.party_id
    where e.subject_id = p_file and e.kind in ('file.viewed', 'file.downloaded')
      and (v_sees_all or (e.account_id = viewer_account() and e.party_id = viewer_party()))
    order by e.at desc, e.id desc offset p_skip limit p_most;
end $$;

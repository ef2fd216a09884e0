-- "Wie heeft dit geopend?" names the colleague, to who acts for the same party: an office of several accounts has to know which of them it was.
-- Another party hears of the party alone. Empty for the party's own account.
drop function who_opened(uuid, int, int);
create function who_opened(p_file uuid, p_skip int, p_most int)
  returns table (at timestamptz, kind text, party audience_kind, name text, initials text, prefix text, colleague text, is_own boolean, total int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_sees_all boolean;
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return; end if;
  select viewer_party() in (d.owner_id, f.sender_id) into v_sees_all from dossier_file f join dossier d on d.id = f.dossier_id where f.id = p_file;
  return query
    select e.at, e.kind, a.kind, coalesce(o.name, r.name, w.surname), w.initials, w.prefix, c.name,
           e.account_id = viewer_account() and e.party_id = viewer_party(), (count(*) over ())::int
    from audit_event e
      left join audience a on a.id = e.party_id
      left join office o on o.id = e.party_id
      left join employer r on r.id = e.party_id
      left join employee w on w.id = e.party_id
      left join account c on c.id = e.account_id and e.party_id = viewer_party()
    where e.subject_id = p_file and e.kind in ('file.viewed', 'file.downloaded')
      and (v_sees_all or (e.account_id = viewer_account() and e.party_id = viewer_party()))
    order by e.at desc, e.id desc offset p_skip limit p_most;
end $$;
revoke all on function who_opened(uuid, int, int) from public;
grant execute on function who_opened(uuid, int, int) to portal_app;

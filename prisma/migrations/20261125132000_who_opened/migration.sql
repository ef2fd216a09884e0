-- What happened to one file is asked for by time: the latest openings, and whether this session opened it just now.
drop index "audit_event_subject_id_idx";
create index "audit_event_subject_id_at_idx" on "audit_event"("subject_id", "at");

-- Records an opening of a file, unless the same session did the same with it in the last half hour: a viewer asks a large file for one part
-- after another, and that is one opening. True when it was recorded now. Without a session, or for a whole file: always.
create function record_opening(p_chain uuid, p_kind text, p_file uuid, p_session uuid, p_is_part boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_is_part and exists (select from audit_event e
      where e.subject_id = p_file and e.at > clock_timestamp() - interval '30 minutes' and e.kind = p_kind and e.chain_id = p_chain
        and e.account_id = viewer_account() and e.party_id = viewer_party() and e.details ->> 'session' = p_session::text) then
    return false;
  end if;
  perform record_event(p_chain, p_kind, null, null, p_file, jsonb_build_object('session', p_session));
  return true;
end $$;
revoke all on function record_opening(uuid, text, uuid, uuid, boolean) from public;
grant execute on function record_opening(uuid, text, uuid, uuid, boolean) to portal_app;

-- "Wie heeft dit geopend?": the openings of a file out of the chain, latest first, with the party that did it and never an address. All of them
-- for whoever owns the dossier it is in or sent it; anybody else who sees the file: its account's own. Nothing for who does not see it.
-- "name" is the whole name of an office or employer, and the surname of an employee. "total" is how many there are without the page.
create function who_opened(p_file uuid, p_skip int, p_most int)
  returns table (at timestamptz, kind text, party audience_kind, name text, initials text, prefix text, is_own boolean, total int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_sees_all boolean;
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences())
      and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null) then return; end if;
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
revoke all on function who_opened(uuid, int, int) from public;
grant execute on function who_opened(uuid, int, int) to portal_app;

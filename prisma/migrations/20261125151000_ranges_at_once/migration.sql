-- Whether a session did the same with a file in the last half hour.
create function opened_lately(p_chain uuid, p_kind text, p_file uuid, p_session uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from audit_event e
    where e.subject_id = p_file and e.at > clock_timestamp() - interval '30 minutes' and e.kind = p_kind and e.chain_id = p_chain
      and e.account_id = viewer_account() and e.party_id = viewer_party() and e.details ->> 'session' = p_session::text)
$$;
revoke all on function opened_lately(uuid, text, uuid, uuid) from public;

-- As it was, but ranges that a session asks at once wait for the first of them, by the head of the chain, and look again: else each of them was an opening.
create or replace function record_opening(p_chain uuid, p_kind text, p_file uuid, p_session uuid, p_is_part boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_is_part and opened_lately(p_chain, p_kind, p_file, p_session) then return false; end if;
  if p_is_part then
    perform from audit_chain where id = p_chain for update;
    if opened_lately(p_chain, p_kind, p_file, p_session) then return false; end if;
  end if;
  perform record_event(p_chain, p_kind, null, null, p_file, jsonb_build_object('session', p_session));
  return true;
end $$;

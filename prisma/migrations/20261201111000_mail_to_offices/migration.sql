-- Who sees a mail among its mails can be told beside whose files it is about: what an office is mailed about a client is the office's alone.
create or replace function mail_owner() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or new.owner_id is null then
    new.owner_id := coalesce((select employer_id from employee where id = new.party_id), new.party_id);
  end if;
  return new;
end $$;
update mail m set owner_id = o.id from account_role r join office o on o.id = r.party_id where m.kind = 'approval' and r.account_id = m.account_id and m.owner_id is distinct from o.id;

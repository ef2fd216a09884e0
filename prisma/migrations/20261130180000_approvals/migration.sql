-- Akkoord and the publication date (docs/decisions/022). A new value of an enum can be used from the next transaction on: here they stand as text.
alter type delivery_state add value 'reviewing' after 'staged';
alter type delivery_state add value 'planned' after 'reviewing';
alter table delivery
  add column publish_at timestamptz(3),
  add column failed_at timestamptz(3),
  add column open_to_employer boolean not null default false;
alter table engagement add column needs_approval boolean not null default false;
create index delivery_employer_id_idx on delivery (employer_id);
create index delivery_item_employee_id_idx on delivery_item (employee_id);
create index delivery_due on delivery (publish_at) where publish_at is not null and sent_at is null;

-- Each time that a delivery was laid before its employer, with what was in it then, and what was said about it.
create table approval_round (
  id uuid not null,
  delivery_id uuid not null,
  employer_id uuid not null,
  audience_id uuid not null,
  number integer not null,
  content bytea not null,
  publish_at timestamptz(3),
  laid_at timestamptz(3) not null,
  reminded_at timestamptz(3),
  answer text,
  answered_at timestamptz(3),
  constraint approval_round_pkey primary key (id),
  constraint approval_round_answer check (answer in ('approved', 'refused', 'withdrawn')),
  constraint approval_round_answered check ((answer is null) = (answered_at is null))
);
create unique index approval_round_delivery_id_number_key on approval_round (delivery_id, number);
create unique index approval_round_open on approval_round (delivery_id) where answer is null;
create index approval_round_silent on approval_round (laid_at) where answer is null and reminded_at is null;
alter table approval_round add constraint approval_round_delivery_id_fkey foreign key (delivery_id) references delivery (id) on delete cascade on update cascade;

create table approval_entry (
  id uuid not null,
  round_id uuid not null,
  kind text not null,
  account_id uuid not null,
  party_id uuid not null,
  name text not null,
  comment text,
  at timestamptz(3) not null,
  constraint approval_entry_pkey primary key (id),
  constraint approval_entry_kind check (kind in ('laid', 'note', 'approved', 'refused', 'withdrawn')),
  constraint approval_entry_reason check (kind not in ('refused', 'note') or comment <> '')
);
create index approval_entry_round_id_idx on approval_entry (round_id);
alter table approval_entry add constraint approval_entry_round_id_fkey foreign key (round_id) references approval_round (id) on delete cascade on update cascade;

-- Both sides see the rounds: the office through its running engagement, and of the employer who may answer. Written by the system alone.
alter table approval_round enable row level security;
create policy system_all on approval_round for all to portal_system using (true) with check (true);
create policy both_sides on approval_round for select to portal_app using (
  audience_id = any ((select viewer_audiences())::uuid[])
  or (employer_id = (select viewer_party()) and (select viewer_rank()) in ('owner', 'member'))
);
alter table approval_entry enable row level security;
create policy system_all on approval_entry for all to portal_system using (true) with check (true);
create policy with_round on approval_entry for select to portal_app using ((select true from approval_round r where r.id = round_id));
grant select, insert, update, delete on approval_round, approval_entry to portal_system;
grant select on approval_round, approval_entry to portal_app;

-- The employer sees that a delivery was laid before it, and while that lasts what is in it. Who only sees it changes nothing: what belongs to a delivery
-- is for whoever made it, and no more for whoever sees it.
create policy laid_before on delivery for select to portal_app using (
  employer_id = (select viewer_party()) and (select viewer_rank()) in ('owner', 'member')
  and (select true from approval_round r where r.delivery_id = delivery.id limit 1)
);
alter policy with_delivery on delivery_upload
  using ((select true from delivery d where d.id = delivery_id and d.audience_id = any ((select viewer_audiences())::uuid[])))
  with check ((select true from delivery d where d.id = delivery_id and d.audience_id = any ((select viewer_audiences())::uuid[])));
alter policy with_delivery on delivery_item
  using ((select true from delivery d where d.id = delivery_id and d.audience_id = any ((select viewer_audiences())::uuid[])))
  with check (
    (select true from delivery d
      join delivery_upload u on u.id = delivery_item.upload_id and u.delivery_id = d.id
      join dossier w on w.id = delivery_item.dossier_id and w.employer_id = d.employer_id
        and w.owner_id = coalesce(delivery_item.employee_id, d.employer_id)
      where d.id = delivery_item.delivery_id and d.audience_id = any ((select viewer_audiences())::uuid[]))
  );
create policy laid_before on delivery_item for select to portal_app using (
  (select true from delivery d where d.id = delivery_id and d.open_to_employer and d.employer_id = (select viewer_party())
    and (select viewer_rank()) in ('owner', 'member'))
);

-- Whether its employer sees what is in a delivery follows from its state. While it lies before the employer only an answer lets it go, and nothing
-- about it is changed; so what was approved is what goes out.
create function follow_delivery_state() returns trigger language plpgsql as $$
begin
  if session_user = 'portal_app' and old.state::text = 'reviewing'
    and (new.state::text not in ('reviewing', 'staged') or new.publish_at is distinct from old.publish_at) then
    raise exception 'a delivery that lies before the employer waits for an answer' using errcode = 'insufficient_privilege';
  end if;
  if session_user = 'portal_app' and new.state::text = 'reviewing' and old.state::text <> 'reviewing' then
    raise exception 'a delivery is laid before the employer with a round' using errcode = 'insufficient_privilege';
  end if;
  if new.state::text in ('draft', 'staged') then new.open_to_employer := false; end if;
  if new.state::text = 'reviewing' then new.open_to_employer := true; end if;
  return new;
end $$;
create trigger follow_delivery_state before update on delivery for each row execute function follow_delivery_state();

create function refuse_item_change() returns trigger language plpgsql as $$
begin
  if exists (select from delivery where id = case when tg_op = 'INSERT' then new.delivery_id else old.delivery_id end
      and state::text in ('reviewing', 'planned', 'sending')) then
    raise exception 'what lies before the employer or is on its way does not change';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger hold_still before insert or delete or update of delivery_id, upload_id, kind, year, period, period_kind, employee_id, pages, parked, media_type, size,
  sha256, storage_key, dossier_id on delivery_item for each row execute function refuse_item_change();

grant update (publish_at, failed_at) on delivery to portal_app;
-- Whether akkoord is always needed, the office says, of a client it works for now.
grant update (needs_approval) on engagement to portal_app;
create policy office_side on engagement for update to portal_app
  using (id = any ((select viewer_audiences())::uuid[])) with check (id = any ((select viewer_audiences())::uuid[]));
create trigger no_reader before insert or update or delete on engagement for each statement execute function refuse_reader();

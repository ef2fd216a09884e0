-- Where a party has itself told by its own systems that something happened. The secret signs what is sent, so it is kept sealed and not hashed.
create table webhook (
  id uuid not null,
  party_id uuid not null,
  url text not null,
  secret_sealed bytea not null,
  kinds text[],
  created_by uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  stopped_at timestamptz(3),
  stopped_why text,
  constraint webhook_pkey primary key (id),
  constraint webhook_kinds_not_null check (kinds is not null),
  constraint webhook_stopped check ((stopped_at is null) = (stopped_why is null))
);
create index webhook_party_id_idx on webhook (party_id);
alter table webhook add constraint webhook_party_id_fkey foreign key (party_id) references audience (id) on delete restrict on update cascade;

-- One thing that happened, for one webhook. Sent until it is answered well, or given up; sending again begins anew.
create table webhook_message (
  id uuid not null,
  webhook_id uuid not null,
  kind text not null,
  details jsonb not null,
  created_at timestamptz(3) not null default current_timestamp,
  state text not null default 'queued',
  attempts integer not null default 0,
  next_at timestamptz(3),
  constraint webhook_message_pkey primary key (id),
  constraint webhook_message_state check (state in ('queued', 'delivered', 'failed'))
);
create index webhook_message_webhook_id_id_idx on webhook_message (webhook_id, id);
create index webhook_message_created_at_idx on webhook_message (created_at);
alter table webhook_message add constraint webhook_message_webhook_id_fkey foreign key (webhook_id) references webhook (id) on delete cascade on update cascade;

-- How a try went: the answer's status, or why there was none.
create table webhook_try (
  id uuid not null,
  message_id uuid not null,
  at timestamptz(3) not null,
  status integer,
  failure text,
  milliseconds integer not null,
  answer text,
  constraint webhook_try_pkey primary key (id)
);
create index webhook_try_message_id_id_idx on webhook_try (message_id, id);
alter table webhook_try add constraint webhook_try_message_id_fkey foreign key (message_id) references webhook_message (id) on delete cascade on update cascade;

-- The owners of the party see and change them; an employee has none.
alter table webhook enable row level security;
alter table webhook_message enable row level security;
alter table webhook_try enable row level security;
create policy system_all on webhook for all to portal_system using (true) with check (true);
create policy system_all on webhook_message for all to portal_system using (true) with check (true);
create policy system_all on webhook_try for all to portal_system using (true) with check (true);
create policy of_owner on webhook for all to portal_app
  using (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner' and (select viewer_workplace()) is null)
  with check (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner' and (select viewer_workplace()) is null);
create policy with_webhook on webhook_message for all to portal_app
  using ((select true from webhook w where w.id = webhook_id)) with check ((select true from webhook w where w.id = webhook_id));
create policy with_message on webhook_try for select to portal_app using ((select true from webhook_message m where m.id = message_id));
grant select, insert, update, delete on webhook, webhook_message, webhook_try to portal_system;
grant select, insert, delete on webhook to portal_app;
grant update (secret_sealed, kinds, stopped_at, stopped_why) on webhook to portal_app;
grant select, insert on webhook_message to portal_app;
grant update (state, attempts, next_at) on webhook_message to portal_app;
grant select on webhook_try to portal_app;

-- Leaves a message for each webhook of these parties that wants to hear of this, whoever caused it: a member who sends sees no webhooks.
create function tell_webhooks(p_ids uuid[], p_parties uuid[], p_kind text, p_details jsonb, p_at timestamptz) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into webhook_message (id, webhook_id, kind, details, created_at, next_at)
  select p_ids[w.place], w.id, p_kind, p_details, p_at, p_at
  from (select id, row_number() over (order by id)::int as place from webhook where party_id = any (p_parties) and stopped_at is null and p_kind = any (kinds)) as w
  where w.place <= cardinality(p_ids)
  returning id
$$;
revoke all on function tell_webhooks(uuid[], uuid[], text, jsonb, timestamptz) from public;
grant execute on function tell_webhooks(uuid[], uuid[], text, jsonb, timestamptz) to portal_app, portal_system;

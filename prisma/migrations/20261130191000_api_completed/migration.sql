-- What programs still lacked (docs/decisions/028).

-- A file that a program is still sending for a delivery, as own_upload is for people. Of the key that began it and no other: another key may be for other clients.
-- `used_by` is the request that made it part of a delivery: only that one may have it again, when its answer was lost.
create table api_upload (
  id uuid not null,
  key_id uuid not null,
  party_id uuid not null,
  name text not null,
  length int not null,
  received int not null default 0,
  piece_ids uuid[] default array[]::uuid[],
  piece_sizes int[] default array[]::int[],
  used_by uuid,
  began_at timestamptz(3) not null,
  constraint api_upload_pkey primary key (id),
  constraint api_upload_key_id_fkey foreign key (key_id) references api_key (id) on delete restrict on update cascade,
  constraint api_upload_length check (length > 0 and received between 0 and length)
);
create index api_upload_key_id_idx on api_upload (key_id);
create index api_upload_began_at_idx on api_upload (began_at);
alter table api_upload enable row level security;
create policy system_all on api_upload for all to portal_system using (true) with check (true);
grant select, insert, update, delete on api_upload to portal_system;
create policy of_key on api_upload for all to portal_app
  using (key_id = (select viewer_account()) and party_id = (select viewer_party()))
  with check (key_id = (select viewer_account()) and party_id = (select viewer_party()));
grant select, insert, delete on api_upload to portal_app;
grant update (received, piece_ids, piece_sizes, used_by) on api_upload to portal_app;
create trigger no_reader before insert or update or delete on api_upload for each statement execute function refuse_reader();

-- Whether the viewer is a key that was given this, for the whole of its party.
create function viewer_key_may(p_scope text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from api_key k
    where k.id = viewer_account() and k.party_id = viewer_party() and k.revoked_at is null and not k.only_some_clients and p_scope = any (k.scopes)
  )
$$;
revoke all on function viewer_key_may(text) from public;
grant execute on function viewer_key_may(text) to portal_app;

-- Beside the owners, a key that an owner gave this.
create policy of_key on webhook for all to portal_app
  using (party_id = (select viewer_party()) and (select viewer_key_may('webhooks:manage')))
  with check (party_id = (select viewer_party()) and (select viewer_key_may('webhooks:manage')));

-- An answer that is kept to be given again tells names, and once the secret of a webhook: sealed under the master key.
alter table api_request add column answer_sealed bytea;

-- The name of the request that a delivery was made with, by which its program finds it again.
alter table delivery add column made_with text;
create index delivery_made_with on delivery (made_with) where made_with is not null;

-- What is printed on a document and is not what a package told of it: 'person', 'kind' or 'period'.
alter table delivery_item add column mismatch text, add constraint delivery_item_mismatch check (mismatch in ('person', 'kind', 'period'));
grant update (mismatch) on delivery_item to portal_app;

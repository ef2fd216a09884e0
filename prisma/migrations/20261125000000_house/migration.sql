-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('draft', 'staged', 'sending', 'sent');

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('received', 'read', 'refused');

-- CreateEnum
CREATE TYPE "file_origin" AS ENUM ('payroll', 'own');

-- CreateEnum
CREATE TYPE "grant_reason" AS ENUM ('placed', 'delivered', 'shared', 'shared_on');

-- CreateEnum
CREATE TYPE "mail_state" AS ENUM ('queued', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "audience_kind" AS ENUM ('office', 'employer', 'employee', 'engagement');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'nl',
    "theme" TEXT NOT NULL DEFAULT 'system',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "blocked_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_role" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "device" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_link" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "tries_left" INTEGER NOT NULL DEFAULT 5,

    CONSTRAINT "password_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "key" BYTEA NOT NULL,
    "window_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("key","window_at")
);

-- CreateTable
CREATE TABLE "audit_chain" (
    "id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "head" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "chain_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "account_id" UUID,
    "party_id" UUID,
    "subject_id" UUID,
    "details" JSONB NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "employer_id" UUID NOT NULL,
    "audience_id" UUID NOT NULL,
    "sender_id" UUID NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'draft',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "staged_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_upload" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "storage_key" TEXT NOT NULL,
    "state" "upload_state" NOT NULL DEFAULT 'received',
    "refusal" TEXT,
    "pages" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_item" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "year" INTEGER,
    "period" INTEGER,
    "period_kind" TEXT,
    "employee_id" UUID,
    "pages" INTEGER[],
    "parked" TEXT,
    "evidence" TEXT[],
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "storage_key" TEXT NOT NULL,
    "dossier_id" UUID NOT NULL,
    "file_id" UUID,

    CONSTRAINT "delivery_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dossier" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "employer_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dossier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dossier_key" (
    "dossier_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "wrapped_identity" BYTEA NOT NULL,

    CONSTRAINT "dossier_key_pkey" PRIMARY KEY ("dossier_id")
);

-- CreateTable
CREATE TABLE "dossier_file" (
    "id" UUID NOT NULL,
    "dossier_id" UUID NOT NULL,
    "employer_id" UUID,
    "origin" "file_origin" NOT NULL,
    "kind" TEXT NOT NULL,
    "year" INTEGER,
    "period" INTEGER,
    "period_kind" TEXT,
    "name" TEXT,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "storage_key" TEXT NOT NULL,
    "sender_id" UUID NOT NULL,
    "sender_name" TEXT NOT NULL,
    "delivery_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dossier_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_grant" (
    "id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "audience_id" UUID NOT NULL,
    "employer_id" UUID,
    "reason" "grant_reason" NOT NULL,
    "given_by" UUID,
    "parent_id" UUID,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_read" (
    "account_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_read_pkey" PRIMARY KEY ("account_id","file_id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "to_address" TEXT NOT NULL,
    "delivery_id" UUID,
    "sealed" BYTEA,
    "state" "mail_state" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audience" (
    "id" UUID NOT NULL,
    "kind" "audience_kind" NOT NULL,

    CONSTRAINT "audience_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office" (
    "id" UUID NOT NULL,
    "client_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street" TEXT,
    "house_number" TEXT,
    "postcode" TEXT,
    "city" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "employer" (
    "id" UUID NOT NULL,
    "number" TEXT,
    "name" TEXT NOT NULL,
    "wage_tax_number" TEXT NOT NULL,
    "street" TEXT,
    "house_number" TEXT,
    "postcode" TEXT,
    "city" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "period_kind" TEXT NOT NULL DEFAULT 'month',
    "welcomed_at" TIMESTAMPTZ(3),
    "active_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "employer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "employer_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "employee" (
    "id" UUID NOT NULL,
    "employer_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "initials" TEXT NOT NULL,
    "prefix" TEXT,
    "surname" TEXT NOT NULL,
    "sort_key" TEXT NOT NULL,
    "birth_date" DATE,
    "bsn_sealed" BYTEA,
    "bsn_index" BYTEA,
    "street" TEXT,
    "house_number" TEXT,
    "postcode" TEXT,
    "city" TEXT,
    "country" TEXT,
    "contact_email" TEXT,
    "private_email" TEXT,
    "phone" TEXT,
    "employed_from" DATE,
    "employed_to" DATE,
    "welcomed_at" TIMESTAMPTZ(3),
    "active_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "employee_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_username_key" ON "account"("username");

-- CreateIndex
CREATE INDEX "account_role_party_id_idx" ON "account_role"("party_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_role_account_id_party_id_key" ON "account_role"("account_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_secret_hash_key" ON "session"("secret_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_link_token_hash_key" ON "password_link"("token_hash");

-- CreateIndex
CREATE INDEX "password_link_account_id_idx" ON "password_link"("account_id");

-- CreateIndex
CREATE INDEX "attempt_window_at_idx" ON "attempt"("window_at");

-- CreateIndex
CREATE INDEX "audit_event_subject_id_idx" ON "audit_event"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_chain_id_seq_key" ON "audit_event"("chain_id", "seq");

-- CreateIndex
CREATE INDEX "delivery_audience_id_created_at_idx" ON "delivery"("audience_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_upload_storage_key_key" ON "delivery_upload"("storage_key");

-- CreateIndex
CREATE INDEX "delivery_upload_delivery_id_idx" ON "delivery_upload"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_item_storage_key_key" ON "delivery_item"("storage_key");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_item_file_id_key" ON "delivery_item"("file_id");

-- CreateIndex
CREATE INDEX "delivery_item_delivery_id_position_idx" ON "delivery_item"("delivery_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "dossier_owner_id_key" ON "dossier"("owner_id");

-- CreateIndex
CREATE INDEX "dossier_employer_id_idx" ON "dossier"("employer_id");

-- CreateIndex
CREATE UNIQUE INDEX "dossier_file_storage_key_key" ON "dossier_file"("storage_key");

-- CreateIndex
CREATE INDEX "dossier_file_dossier_id_origin_year_idx" ON "dossier_file"("dossier_id", "origin", "year");

-- CreateIndex
CREATE INDEX "dossier_file_delivery_id_idx" ON "dossier_file"("delivery_id");

-- CreateIndex
CREATE INDEX "file_grant_file_id_audience_id_idx" ON "file_grant"("file_id", "audience_id");

-- CreateIndex
CREATE INDEX "file_grant_parent_id_idx" ON "file_grant"("parent_id");

-- CreateIndex
CREATE INDEX "mail_account_id_idx" ON "mail"("account_id");

-- CreateIndex
CREATE INDEX "mail_state_queued_at_idx" ON "mail"("state", "queued_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_delivery_id_account_id_kind_key" ON "mail"("delivery_id", "account_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "office_client_number_key" ON "office"("client_number");

-- CreateIndex
CREATE UNIQUE INDEX "employer_wage_tax_number_key" ON "employer"("wage_tax_number");

-- CreateIndex
CREATE INDEX "engagement_office_id_idx" ON "engagement"("office_id");

-- CreateIndex
CREATE INDEX "engagement_employer_id_idx" ON "engagement"("employer_id");

-- CreateIndex
CREATE INDEX "employee_employer_id_sort_key_number_idx" ON "employee"("employer_id", "sort_key", "number");

-- CreateIndex
CREATE INDEX "employee_employer_id_bsn_index_idx" ON "employee"("employer_id", "bsn_index");

-- CreateIndex
CREATE UNIQUE INDEX "employee_employer_id_number_key" ON "employee"("employer_id", "number");

-- AddForeignKey
ALTER TABLE "account_role" ADD CONSTRAINT "account_role_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_role" ADD CONSTRAINT "account_role_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_link" ADD CONSTRAINT "password_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_upload" ADD CONSTRAINT "delivery_upload_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_item" ADD CONSTRAINT "delivery_item_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_item" ADD CONSTRAINT "delivery_item_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "delivery_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_item" ADD CONSTRAINT "delivery_item_employee_id_fkey" FOREIGN KEY ("employee_id") REFERENCES "employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier" ADD CONSTRAINT "dossier_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_key" ADD CONSTRAINT "dossier_key_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_file" ADD CONSTRAINT "dossier_file_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_grant" ADD CONSTRAINT "file_grant_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "dossier_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_grant" ADD CONSTRAINT "file_grant_audience_id_fkey" FOREIGN KEY ("audience_id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_grant" ADD CONSTRAINT "file_grant_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "file_grant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_read" ADD CONSTRAINT "file_read_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_read" ADD CONSTRAINT "file_read_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "dossier_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office" ADD CONSTRAINT "office_id_fkey" FOREIGN KEY ("id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "employer" ADD CONSTRAINT "employer_id_fkey" FOREIGN KEY ("id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_id_fkey" FOREIGN KEY ("id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "employee" ADD CONSTRAINT "employee_id_fkey" FOREIGN KEY ("id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "employee" ADD CONSTRAINT "employee_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The two roles. src/platform/migrate.ts gives them their passwords.
do $$ begin create role portal_app; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role portal_system; exception when duplicate_object or unique_violation then null; end $$;
revoke all on schema public from public;
grant usage on schema public to portal_app, portal_system;

-- Who looks, in this transaction. Nothing set: nobody, who sees nothing.
create function viewer_account() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.account', true), '')::uuid $$;
create function viewer_party() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.party', true), '')::uuid $$;
create function viewer_audiences() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.audiences', true), ''), '{}')::uuid[] $$;
create function viewer_employers() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.employers', true), ''), '{}')::uuid[] $$;
create function viewer_workplace() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.workplace', true), '')::uuid $$;

-- Enters a transaction as one account acting for one party. It looks the role up itself: an account that does not hold
-- a live role for that party, or is blocked, enters as nobody. An office carries its live engagements and nothing of ended ones.
create function enter_viewer(p_account uuid, p_party uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind audience_kind;
  v_audiences uuid[] := '{}';
  v_employers uuid[] := '{}';
  v_workplace uuid;
begin
  select a.kind into v_kind
    from account_role r join audience a on a.id = r.party_id join account c on c.id = r.account_id
    where r.account_id = p_account and r.party_id = p_party and r.ended_at is null and c.blocked_at is null;
  if v_kind = 'employee' then
    v_audiences := array[p_party];
    select employer_id into v_workplace from employee where id = p_party;
  elsif v_kind = 'employer' then
    v_audiences := array[p_party];
    v_employers := array[p_party];
  elsif v_kind = 'office' then
    select coalesce(array_agg(id), '{}'), coalesce(array_agg(employer_id), '{}') into v_audiences, v_employers
      from engagement where office_id = p_party and ended_at is null;
    v_audiences := array_prepend(p_party, v_audiences);
  end if;
  perform set_config('app.account', case when v_kind is null then '' else p_account::text end, true),
          set_config('app.party', case when v_kind is null then '' else p_party::text end, true),
          set_config('app.audiences', v_audiences::text, true),
          set_config('app.employers', v_employers::text, true),
          set_config('app.workplace', coalesce(v_workplace::text, ''), true);
end $$;
revoke all on function enter_viewer(uuid, uuid) from public;
grant execute on function enter_viewer(uuid, uuid) to portal_app;

-- Row-level security on every table: visible to nobody is the default. The system role sees all; what it may do, it is granted below.
do $$ declare t text; begin
  for t in select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
  end loop;
end $$;

-- THE RULE, in one place: a grant is in sight while it is live and names one of the viewer's audiences, and a file is in sight through
-- such a grant. A scalar subselect stays an index look-up per row; "exists" can flip to reading all grants of a large office.
create policy live_for_viewer on file_grant for select to portal_app using (
  audience_id = any ((select viewer_audiences())::uuid[])
  and starts_at <= now()
  and (ends_at is null or ends_at > now())
  and ended_at is null
);
create policy seen_by_grant on dossier_file for select to portal_app using (
  (select true from file_grant g where g.file_id = dossier_file.id limit 1)
);
create policy own_reads on file_read for all to portal_app
  using (account_id = (select viewer_account()))
  with check (account_id = (select viewer_account()) and (select true from dossier_file f where f.id = file_id));

-- Parties: oneself, the employers one works for, and for an employee the name of the workplace.
create policy self on audience for select to portal_app using (id = any ((select viewer_audiences())::uuid[]));
create policy add_people on audience for insert to portal_app with check (kind = 'employee' and cardinality((select viewer_employers())) > 0);
create policy self_or_mine on office for select to portal_app using (
  id = any ((select viewer_audiences())::uuid[])
  or (select true from engagement e where e.office_id = office.id and e.ended_at is null
        and e.employer_id = any ((select viewer_audiences())::uuid[]) limit 1)
);
create policy served on employer for select to portal_app using (
  id = any ((select viewer_employers())::uuid[]) or id = (select viewer_workplace())
);
create policy own_side on engagement for select to portal_app using (
  id = any ((select viewer_audiences())::uuid[]) or employer_id = any ((select viewer_audiences())::uuid[])
);
create policy self_or_staff on employee for select to portal_app using (
  id = any ((select viewer_audiences())::uuid[]) or employer_id = any ((select viewer_employers())::uuid[])
);
create policy add_staff on employee for insert to portal_app with check (employer_id = any ((select viewer_employers())::uuid[]));
create policy change_staff on employee for update to portal_app
  using (employer_id = any ((select viewer_employers())::uuid[]))
  with check (employer_id = any ((select viewer_employers())::uuid[]));

-- Dossiers and their keys: one's own, and those of the employers one works for. A key also opens for whoever sees a file in it.
create policy own_or_staff on dossier for select to portal_app using (
  owner_id = any ((select viewer_audiences())::uuid[]) or employer_id = any ((select viewer_employers())::uuid[])
);
create policy add_staff on dossier for insert to portal_app with check (
  employer_id = any ((select viewer_employers())::uuid[])
  and (select true from employee e where e.id = owner_id and e.employer_id = dossier.employer_id)
);
create policy with_dossier_or_file on dossier_key for select to portal_app using (
  coalesce(
    (select true from dossier d where d.id = dossier_key.dossier_id),
    (select true from dossier_file f where f.dossier_id = dossier_key.dossier_id limit 1)
  )
);
create policy add_staff on dossier_key for insert to portal_app with check (
  (select true from dossier d where d.id = dossier_id and d.employer_id = any ((select viewer_employers())::uuid[]))
);

-- Deliveries: whoever made them, through the engagement or as the employer itself.
create policy own_delivery on delivery for all to portal_app
  using (audience_id = any ((select viewer_audiences())::uuid[]))
  with check (
    audience_id = any ((select viewer_audiences())::uuid[])
    and employer_id = any ((select viewer_employers())::uuid[])
    and sender_id = (select viewer_party())
    and (audience_id = employer_id
         or (select true from engagement e where e.id = audience_id and e.employer_id = delivery.employer_id and e.ended_at is null))
  );
create policy with_delivery on delivery_upload for all to portal_app
  using ((select true from delivery d where d.id = delivery_id)) with check ((select true from delivery d where d.id = delivery_id));
-- An item comes from a file of its own delivery and lands with whoever it is for: a person at this employer, or the employer itself.
create policy with_delivery on delivery_item for all to portal_app
  using ((select true from delivery d where d.id = delivery_id))
  with check (
    (select true from delivery d
      join delivery_upload u on u.id = delivery_item.upload_id and u.delivery_id = d.id
      join dossier w on w.id = delivery_item.dossier_id and w.employer_id = d.employer_id
        and w.owner_id = coalesce(delivery_item.employee_id, d.employer_id)
      where d.id = delivery_item.delivery_id)
  );

create policy self on account for select to portal_app using (id = (select viewer_account()));
create policy own_roles on account_role for select to portal_app using (account_id = (select viewer_account()));

grant select on audience, office, employer, engagement, employee, dossier, dossier_key, dossier_file, file_grant, file_read,
  delivery, delivery_upload, delivery_item, account_role to portal_app;
grant select (id, username, locale, theme) on account to portal_app;
grant insert on audience, employee, dossier, dossier_key, file_read, delivery, delivery_upload, delivery_item to portal_app;
-- Whose something is cannot be changed afterwards, nor what only the system knows: who is welcomed or active, what was sent.
grant update (initials, prefix, surname, sort_key, birth_date, bsn_sealed, bsn_index, street, house_number, postcode, city, country,
  contact_email, phone, employed_from, employed_to) on employee to portal_app;
grant update (state, staged_at) on delivery to portal_app;
grant update (kind, year, period, period_kind, employee_id, pages, parked, evidence, media_type, size, sha256, storage_key, dossier_id)
  on delivery_item to portal_app;
grant delete on file_read, delivery, delivery_upload, delivery_item to portal_app;

-- An employer has one office at a time.
create unique index engagement_live on engagement (employer_id) where ended_at is null;
-- "Ongelezen": what was placed with or shared to a party, newest first, without what it merely may see.
create index file_grant_received on file_grant (audience_id, starts_at desc) where reason <> 'delivered' and ended_at is null;

alter table attempt add constraint attempt_count check (count >= 0);
alter table password_link add constraint password_link_tries check (tries_left >= 0);
alter table dossier_file add constraint dossier_file_period check (period is null or period between 1 and 13);
alter table employer add constraint employer_period_kind check (period_kind in ('month', 'four-weeks'));
alter table dossier_file add constraint dossier_file_period_kind check (period_kind in ('month', 'four-weeks'));
alter table delivery_item add constraint delivery_item_period_kind check (period_kind in ('month', 'four-weeks'));
alter table dossier_file add constraint dossier_file_size check (size >= 0);

-- The audit chain: append-only, each event holding the hash of the one before it. Per dossier, account or party, so that
-- chains grow side by side. The hash is SHA-256 over the previous hash and the event as a JSON array.
create function event_hash(p_before bytea, e audit_event) returns bytea language sql immutable
  as $$ select sha256(p_before || convert_to(jsonb_build_array(e.chain_id, e.seq, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'),
      e.kind, e.account_id, e.party_id, e.subject_id, e.details)::text, 'UTF8')) $$;

-- Records what happened, in the transaction of what happened. For the app role the doer is the viewer, whatever was passed.
create function record_event(p_chain uuid, p_kind text, p_account uuid, p_party uuid, p_subject uuid, p_details jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_head bytea;
  e audit_event;
begin
  insert into audit_chain (id, seq, head) values (p_chain, 0, '') on conflict (id) do nothing;
  update audit_chain set seq = seq + 1 where id = p_chain returning seq, head into e.seq, v_head;
  e.id := nextval('audit_event_id_seq');
  e.chain_id := p_chain;
  e.at := date_trunc('milliseconds', clock_timestamp());
  e.kind := p_kind;
  e.account_id := case when session_user = 'portal_app' then viewer_account() else p_account end;
  e.party_id := case when session_user = 'portal_app' then viewer_party() else p_party end;
  e.subject_id := p_subject;
  e.details := p_details;
  e.hash := event_hash(v_head, e);
  insert into audit_event values (e.*);
  update audit_chain set head = e.hash where id = p_chain;
  return e.id;
end $$;
revoke all on function record_event(uuid, text, uuid, uuid, uuid, jsonb) from public;
grant execute on function record_event(uuid, text, uuid, uuid, uuid, jsonb) to portal_app, portal_system;

-- The number of the first event of a chain that does not fit, or null when the whole chain and its head are sound.
create function first_break(p_chain uuid) returns int language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_before bytea := '';
  v_seq int := 0;
  e audit_event;
begin
  for e in select * from audit_event where chain_id = p_chain order by seq loop
    v_seq := v_seq + 1;
    if e.seq <> v_seq or e.hash <> event_hash(v_before, e) then return v_seq; end if;
    v_before := e.hash;
  end loop;
  if exists (select from audit_chain where id = p_chain and (seq <> v_seq or head <> v_before))
    or v_seq > 0 and not exists (select from audit_chain where id = p_chain) then return v_seq + 1; end if;
  return null;
end $$;
revoke all on function first_break(uuid) from public;
grant execute on function first_break(uuid) to portal_system;

create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'audit events are append-only'; end $$;
create trigger append_only before update or delete on audit_event for each row execute function refuse_change();
create trigger append_only_truncate before truncate on audit_event for each statement execute function refuse_change();
revoke insert, update, delete on audit_event, audit_chain from portal_system;

-- "Wie ziet dit?": every party that can see a file now, and why, for a viewer who sees it too; nothing for anybody else.
create function who_sees(p_file uuid) returns table (kind audience_kind, name text, reason grant_reason, ends_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences())
      and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null) then return; end if;
  return query
    select a.kind, coalesce(o.name, r.name, eo.name, concat_ws(' ', nullif(w.initials, ''), w.prefix, w.surname)), g.reason, g.ends_at
    from file_grant g
      join audience a on a.id = g.audience_id
      left join office o on o.id = a.id
      left join employer r on r.id = a.id
      left join employee w on w.id = a.id
      left join engagement e on e.id = a.id and e.ended_at is null
      left join office eo on eo.id = e.office_id
    where g.file_id = p_file and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null
      and (a.kind <> 'engagement' or e.id is not null)
    order by a.kind, 2;
end $$;
revoke all on function who_sees(uuid) from public;
grant execute on function who_sees(uuid) to portal_app;

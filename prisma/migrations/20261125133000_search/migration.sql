-- Search (docs/decisions/010). The text inside PDFs: per file its words as keyed hashes, and the text itself sealed with the dossier's own key.
-- CreateTable
CREATE TABLE "file_text" (
    "file_id" UUID NOT NULL,
    "words" TSVECTOR NOT NULL,
    "sealed" BYTEA,
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_text_pkey" PRIMARY KEY ("file_id")
);

-- CreateTable
CREATE TABLE "text_backfill" (
    "id" INTEGER NOT NULL,
    "done_until" UUID,

    CONSTRAINT "text_backfill_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "file_text" ADD CONSTRAINT "file_text_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "dossier_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The words stay in the row, where five hundred of them are read in one go; the sealed text, read for a few, goes beside it.
alter table file_text alter column words set storage main, alter column sealed set storage external;

do $$ declare t text; begin
  foreach t in array array['file_text', 'text_backfill'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
  end loop;
end $$;
-- A file's text is in sight with the file, by whatever rule holds for that.
create policy with_file on file_text for select to portal_app using (
  (select true from dossier_file f where f.id = file_text.file_id)
);
grant select on file_text to portal_app;

-- Everything that a party has in sight, newest first: what search goes by, for a full-text index cannot be asked under row-level security.
create index file_grant_in_sight on file_grant (audience_id, starts_at desc) include (file_id, ends_at) where ended_at is null;

-- Text without capitals and accents, as policy/plain-text.ts makes it.
create function plain_text(p_text text) returns text language sql immutable parallel safe
  return translate(lower(regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]', '', 'g') collate pg_c_utf8), 'łøđðıħŧ', 'loddiht');

-- A person's sort key is folded already and compared code by code, whatever the collation of the database (policy/person-name.ts).
alter table employee alter column sort_key type text collate "C";
-- Names as a Dutch reader looks them up: accents and capitals count last, and numbers count as numbers.
create collation dutch (provider = icu, locale = 'nl-u-kn');

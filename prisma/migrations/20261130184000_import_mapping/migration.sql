-- How the columns of an employer's lists are read: a keyed hash of the row of headings, never its text, and the field of each column by its place.
create table column_mapping (
  id uuid not null,
  employer_id uuid not null,
  headings bytea not null,
  fields text[],
  changed_at timestamptz(3) not null default current_timestamp,
  constraint column_mapping_pkey primary key (id)
);
create unique index column_mapping_employer_id_headings_key on column_mapping (employer_id, headings);
alter table column_mapping add constraint column_mapping_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade;

-- The numbers that somebody had at this employer before: payslips of then still name them.
create table earlier_number (
  id uuid not null,
  employee_id uuid not null,
  number text not null,
  given_up_at timestamptz(3) not null,
  constraint earlier_number_pkey primary key (id)
);
create unique index earlier_number_employee_id_number_key on earlier_number (employee_id, number);
alter table earlier_number add constraint earlier_number_employee_id_fkey foreign key (employee_id) references employee (id) on delete cascade on update cascade;

-- What a page says of somebody that payroll does not know, such as a code of the employer's own: a keyed hash, never its text. An item keeps those of its pages;
-- when somebody said by hand whose it is, they point at that person.
alter table delivery_item add column clues text[];
create table learnt_clue (
  id uuid not null,
  employer_id uuid not null,
  clue text not null,
  employee_id uuid not null,
  learnt_at timestamptz(3) not null default current_timestamp,
  constraint learnt_clue_pkey primary key (id)
);
create unique index learnt_clue_employer_id_clue_key on learnt_clue (employer_id, clue);
create index learnt_clue_employee_id_idx on learnt_clue (employee_id);
alter table learnt_clue add constraint learnt_clue_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade;
alter table learnt_clue add constraint learnt_clue_employee_id_fkey foreign key (employee_id) references employee (id) on delete cascade on update cascade;

do $$ declare t text; begin
  foreach t in array array['column_mapping', 'earlier_number', 'learnt_clue'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
    execute format('create trigger no_reader before insert or update or delete on %I for each statement execute function refuse_reader()', t);
  end loop;
end $$;

-- Whoever has the employer in sight as one that serves it: never an employee. A clue is only ever of that employer's own people.
create policy served on column_mapping for select to portal_app using (employer_id = any ((select viewer_employers())::uuid[]));
create policy served on learnt_clue for all to portal_app
  using (employer_id = any ((select viewer_employers())::uuid[]))
  with check (
    employer_id = any ((select viewer_employers())::uuid[])
    and (select true from employee e where e.id = employee_id and e.employer_id = learnt_clue.employer_id)
  );
grant select on column_mapping to portal_app;
grant select, insert, delete on learnt_clue to portal_app;

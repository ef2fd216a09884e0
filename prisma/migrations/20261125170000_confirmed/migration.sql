-- When whoever holds a session last proved to be its holder: by signing in, or by giving the password or second step once more.
alter table session add column confirmed_at timestamptz(3);
update session set confirmed_at = created_at;
alter table session alter column confirmed_at set not null;
alter table session alter column confirmed_at set default current_timestamp;

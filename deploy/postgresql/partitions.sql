-- Divides `events` and `audit_entries` by month, for services whose tables have outgrown one (docs/scaling.md).
-- PostgreSQL 17 or newer: an identity column of a partitioned table.
--
--   psql "$DATABASE_DIRECT_URL" -v ON_ERROR_STOP=1 -f deploy/postgresql/partitions.sql
--
-- What is there stays where it lies: it becomes the first partition. Both tables are locked meanwhile, for as long as it
-- takes to read the audit and where its entries came from once. A month is made before it begins:
--
--   select add_month('events', '2027-01-01'); select add_month('audit_entries', '2027-01-01');
begin;
set local lock_timeout = '5s';

-- Ids are UUIDv7: their first 48 bits are milliseconds since 1970. So a month is a range of ids, and the primary key stays.
create function id_from(at timestamptz) returns uuid immutable language sql as
  $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

create function add_month(name text, month timestamptz) returns void language plpgsql as $$
begin
  execute format('create table %I partition of %I for values from (%L) to (%L)',
    name || to_char(month at time zone 'UTC', '_YYYY_MM'), name,
    id_from(month), id_from((month at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
end $$;

-- Indexes of the table of before, under the same names at the new one. Those of before become its parts.
create function take_over_indexes(name text) returns void language plpgsql as $$
declare one record;
begin
  for one in select indexname, indexdef from pg_indexes
    where tablename = name || '_before' and indexdef not like '%UNIQUE%' loop
    execute format('alter index %I rename to %I', one.indexname, one.indexname || '_before');
    execute replace(one.indexdef, name || '_before', name);
  end loop;
end $$;

alter table events rename to events_before;
alter table events_before rename constraint events_pkey to events_before_pkey;
drop trigger events_announced on events_before;
create table events (like events_before including defaults, primary key (id)) partition by range (id);
select take_over_indexes('events');

alter table audit_origins drop constraint audit_origins_entry_id_foreign;
alter table audit_entries rename to audit_entries_before;
alter table audit_entries_before rename constraint audit_entries_pkey to audit_entries_before_pkey;
alter index audit_entries_by_place rename to audit_entries_before_by_place;
drop trigger audit_entries_append_only on audit_entries_before;
alter table audit_entries_before alter column place drop identity;
create table audit_entries (like audit_entries_before including defaults including constraints, primary key (id))
  partition by range (id);
-- No longer unique over all months: the sequence sees to it, and `audit verify` would tell.
create index audit_entries_by_place on audit_entries (place);
select take_over_indexes('audit_entries');

do $$
declare
  month timestamptz := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC';
  next timestamptz := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
  name text;
begin
  foreach name in array array['events', 'audit_entries'] loop
    execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', name, name || '_before', id_from(next));
    perform add_month(name, next);
    -- For the month that nobody made.
    execute format('create table %I partition of %I default', name || '_later', name);
  end loop;
end $$;

alter table audit_entries alter column place add generated always as identity;
select setval(pg_get_serial_sequence('audit_entries', 'place'), coalesce(max(place), 0) + 1, false) from audit_entries;
create trigger events_announced after insert on events
  for each statement execute function announce_events();
create trigger audit_entries_append_only before update or delete on audit_entries
  for each row execute function refuse_audit_change();
create trigger audit_entries_no_truncate before truncate on audit_entries
  for each statement execute function refuse_audit_change();
alter table audit_origins add constraint audit_origins_entry_id_foreign
  foreign key (entry_id) references audit_entries on delete cascade;

drop function take_over_indexes(text);
commit;

-- The first schema. `strict` makes SQLite hold every column to its type.
-- `autoincrement` keeps a number from being given twice, even after the newest row was removed: customers page by seq.

create table inbox (
  seq integer primary key autoincrement not null,
  id text not null,
  conversation text not null,
  received_at integer not null,
  event text not null,
  status text not null,
  attempts integer not null,
  next_at integer not null,
  error text,
  turn integer,
  done_at integer
) strict;
create unique index inbox_id on inbox (id);
create unique index inbox_turn on inbox (turn) where turn is not null;
create index inbox_waiting on inbox (seq, next_at) where status = 'waiting';
create index inbox_waiting_next on inbox (next_at, seq, conversation) where status = 'waiting';
create index inbox_waiting_conversation on inbox (conversation, seq, next_at) where status = 'waiting';

create table conversations (
  id text primary key not null,
  customer_id text,
  state text not null,
  updated_at integer not null
) strict;

create table customers (
  id text primary key not null,
  file text not null
) strict;

create table customer_keys (
  kind text not null,
  value text not null,
  customer_id text not null references customers (id) on delete cascade,
  constraint customer_keys_pk primary key (kind, value, customer_id)
) strict;
create index customer_keys_customer on customer_keys (customer_id);

create table customer_conversations (
  conversation text primary key not null,
  customer_id text not null
) strict;
create index customer_conversations_customer on customer_conversations (customer_id, conversation);

create table records (
  kind text not null,
  number text not null,
  customer_id text,
  conversation text,
  open integer not null,
  created_at integer not null,
  state text not null,
  constraint records_pk primary key (kind, number)
) strict;
create index records_customer on records (kind, customer_id, created_at, number);
create index records_conversation on records (kind, conversation, created_at, number);
create index records_open on records (kind, created_at, number) where open;

create table case_marks (
  mark text not null,
  number text not null,
  at integer not null,
  constraint case_marks_pk primary key (mark, number)
) strict;
create index case_marks_at on case_marks (mark, at, number);
create index case_marks_number on case_marks (number);

create table events (
  seq integer primary key autoincrement not null,
  kind text not null,
  number text not null,
  cause text not null,
  event text not null
) strict;
create index events_record on events (kind, number, seq);

create table agenda (
  day text not null,
  technician text not null,
  version integer not null,
  busy text not null,
  constraint agenda_pk primary key (day, technician)
) strict;

create table messages (
  seq integer primary key autoincrement not null,
  id text not null,
  conversation text not null,
  sender text not null,
  author text,
  text text not null,
  buttons text not null,
  media text not null,
  at integer not null,
  status text not null,
  attempts integer not null,
  next_at integer not null
) strict;
create unique index messages_id on messages (conversation, id);
create index messages_conversation on messages (conversation, seq);
create index messages_unsent on messages (seq, next_at) where status = 'pending';
create index messages_unsent_next on messages (next_at, seq, conversation) where status = 'pending';
create index messages_unsent_conversation on messages (conversation, seq) where status = 'pending';

create table notices (
  seq integer primary key autoincrement not null,
  id text not null,
  recipient text not null,
  case_number text,
  text text not null,
  at integer not null
) strict;
create unique index notices_id on notices (id);

create table staff_posts (
  seq integer primary key autoincrement not null,
  id text not null,
  channel text not null,
  lane text not null,
  recipient text,
  text text not null,
  page integer not null,
  buttons text not null,
  media text not null,
  at integer not null,
  status text not null,
  attempts integer not null,
  repeats integer not null,
  next_at integer not null,
  error text
) strict;
create unique index staff_posts_id on staff_posts (channel, id);
create index staff_posts_waiting on staff_posts (channel, seq) where status in ('pending', 'repeating');
create index staff_posts_waiting_next on staff_posts (channel, next_at, seq) where status in ('pending', 'repeating');
create index staff_posts_waiting_lane on staff_posts (channel, lane, seq) where status in ('pending', 'repeating');
create index staff_posts_failed on staff_posts (seq) where status = 'failed';

create table staff_places (
  channel text not null,
  case_number text not null,
  thread text,
  card text,
  constraint staff_places_pk primary key (channel, case_number)
) strict;
create index staff_places_thread on staff_places (channel, thread);

create table audit (
  seq integer primary key autoincrement not null,
  at integer not null,
  staff text not null,
  via text not null,
  act text not null,
  subject text not null,
  before text not null,
  after text not null,
  cause text not null
) strict;
create unique index audit_cause on audit (cause, subject, act);
create index audit_subject on audit (subject, seq);

create table timers (
  id text primary key not null,
  conversation text not null,
  due_at integer not null,
  name text not null,
  data text not null
) strict;
create index timers_due on timers (due_at, id);
create index timers_conversation on timers (conversation, due_at, id);

create table traces (
  seq integer primary key autoincrement not null,
  conversation text not null,
  trace text not null
) strict;
create index traces_conversation on traces (conversation, seq);

create table touches (
  id text primary key not null,
  customer_id text not null,
  plan text not null,
  status text not null,
  why text,
  due_at integer not null,
  conversation text,
  at integer not null,
  touch text not null
) strict;
create index touches_due on touches (due_at, id) where status = 'waiting';
create index touches_under_way on touches (at, id, conversation) where status in ('asked', 'pending');
create index touches_open on touches (customer_id, due_at) where status in ('waiting', 'paused', 'asked', 'pending');
create index touches_tasks on touches (id) where status = 'task';
create index touches_customer on touches (customer_id, at);
create index touches_at on touches (at, id);
create index touches_plan on touches (plan, status, why);

create table care_states (
  customer_id text primary key not null,
  state text not null
) strict;

create table campaigns (
  id text primary key not null,
  created_at integer not null,
  campaign text not null
) strict;
create index campaigns_created on campaigns (created_at, id);

create table counters (
  name text primary key not null,
  value integer not null
) strict;

create table meta (
  key text primary key not null,
  value text not null
) strict;

-- The first schema, as storage/migrations/sqlite/0001_first.sql.
-- `collate "C"`: text is compared by its bytes, whatever the database's own collation, so that both engines sort alike.
-- `json` and not `jsonb`: what is kept comes back as it was, with its order of keys; nothing asks for what is inside.

create table inbox (
  seq bigint primary key generated always as identity,
  id text collate "C" not null,
  conversation text collate "C" not null,
  received_at bigint not null,
  event json not null,
  status text collate "C" not null,
  attempts bigint not null,
  next_at bigint not null,
  error text collate "C",
  turn bigint,
  done_at bigint
);
create unique index inbox_id on inbox (id);
create unique index inbox_turn on inbox (turn) where turn is not null;
create index inbox_waiting on inbox (seq, next_at) where status = 'waiting';
create index inbox_waiting_next on inbox (next_at, seq, conversation) where status = 'waiting';
create index inbox_waiting_conversation on inbox (conversation, seq, next_at) where status = 'waiting';

create table conversations (
  id text collate "C" primary key not null,
  customer_id text collate "C",
  state json not null,
  updated_at bigint not null
);

create table customers (
  id text collate "C" primary key not null,
  file json not null
);

create table customer_keys (
  kind text collate "C" not null,
  value text collate "C" not null,
  customer_id text collate "C" not null references customers (id) on delete cascade,
  constraint customer_keys_pk primary key (kind, value, customer_id)
);
create index customer_keys_customer on customer_keys (customer_id);

create table customer_conversations (
  conversation text collate "C" primary key not null,
  customer_id text collate "C" not null
);
create index customer_conversations_customer on customer_conversations (customer_id, conversation);

create table records (
  kind text collate "C" not null,
  number text collate "C" not null,
  customer_id text collate "C",
  conversation text collate "C",
  open boolean not null,
  created_at bigint not null,
  state json not null,
  constraint records_pk primary key (kind, number)
);
create index records_customer on records (kind, customer_id, created_at, number);
create index records_conversation on records (kind, conversation, created_at, number);
create index records_open on records (kind, created_at, number) where open;

create table case_marks (
  mark text collate "C" not null,
  number text collate "C" not null,
  at bigint not null,
  constraint case_marks_pk primary key (mark, number)
);
create index case_marks_at on case_marks (mark, at, number);
create index case_marks_number on case_marks (number);

create table events (
  seq bigint primary key generated always as identity,
  kind text collate "C" not null,
  number text collate "C" not null,
  cause text collate "C" not null,
  event json not null
);
create index events_record on events (kind, number, seq);

create table agenda (
  day text collate "C" not null,
  technician text collate "C" not null,
  version bigint not null,
  busy json not null,
  constraint agenda_pk primary key (day, technician)
);

create table messages (
  seq bigint primary key generated always as identity,
  id text collate "C" not null,
  conversation text collate "C" not null,
  sender text collate "C" not null,
  author text collate "C",
  text text collate "C" not null,
  buttons json not null,
  media json not null,
  at bigint not null,
  status text collate "C" not null,
  attempts bigint not null,
  next_at bigint not null
);
create unique index messages_id on messages (conversation, id);
create index messages_conversation on messages (conversation, seq);
create index messages_unsent on messages (seq, next_at) where status = 'pending';
create index messages_unsent_next on messages (next_at, seq, conversation) where status = 'pending';
create index messages_unsent_conversation on messages (conversation, seq) where status = 'pending';

create table notices (
  seq bigint primary key generated always as identity,
  id text collate "C" not null,
  recipient text collate "C" not null,
  case_number text collate "C",
  text text collate "C" not null,
  at bigint not null
);
create unique index notices_id on notices (id);

create table staff_posts (
  seq bigint primary key generated always as identity,
  id text collate "C" not null,
  channel text collate "C" not null,
  lane text collate "C" not null,
  recipient text collate "C",
  text text collate "C" not null,
  page boolean not null,
  buttons json not null,
  media json not null,
  at bigint not null,
  status text collate "C" not null,
  attempts bigint not null,
  repeats bigint not null,
  next_at bigint not null,
  error text collate "C"
);
create unique index staff_posts_id on staff_posts (channel, id);
create index staff_posts_waiting on staff_posts (channel, seq) where status in ('pending', 'repeating');
create index staff_posts_waiting_next on staff_posts (channel, next_at, seq) where status in ('pending', 'repeating');
create index staff_posts_waiting_lane on staff_posts (channel, lane, seq) where status in ('pending', 'repeating');
create index staff_posts_failed on staff_posts (seq) where status = 'failed';

create table staff_places (
  channel text collate "C" not null,
  case_number text collate "C" not null,
  thread text collate "C",
  card text collate "C",
  constraint staff_places_pk primary key (channel, case_number)
);
create index staff_places_thread on staff_places (channel, thread);

create table audit (
  seq bigint primary key generated always as identity,
  at bigint not null,
  staff text collate "C" not null,
  via text collate "C" not null,
  act text collate "C" not null,
  subject text collate "C" not null,
  before json not null,
  after json not null,
  cause text collate "C" not null
);
create unique index audit_cause on audit (cause, subject, act);
create index audit_subject on audit (subject, seq);

create table timers (
  id text collate "C" primary key not null,
  conversation text collate "C" not null,
  due_at bigint not null,
  name text collate "C" not null,
  data json not null
);
create index timers_due on timers (due_at, id);
create index timers_conversation on timers (conversation, due_at, id);

create table traces (
  seq bigint primary key generated always as identity,
  conversation text collate "C" not null,
  trace json not null
);
create index traces_conversation on traces (conversation, seq);

create table touches (
  id text collate "C" primary key not null,
  customer_id text collate "C" not null,
  plan text collate "C" not null,
  status text collate "C" not null,
  why text collate "C",
  due_at bigint not null,
  conversation text collate "C",
  at bigint not null,
  touch json not null
);
create index touches_due on touches (due_at, id) where status = 'waiting';
create index touches_under_way on touches (at, id, conversation) where status in ('asked', 'pending');
create index touches_open on touches (customer_id, due_at) where status in ('waiting', 'paused', 'asked', 'pending');
create index touches_tasks on touches (id) where status = 'task';
create index touches_customer on touches (customer_id, at);
create index touches_at on touches (at, id);
create index touches_plan on touches (plan, status, why);

create table care_states (
  customer_id text collate "C" primary key not null,
  state json not null
);

create table campaigns (
  id text collate "C" primary key not null,
  created_at bigint not null,
  campaign json not null
);
create index campaigns_created on campaigns (created_at, id);

create table counters (
  name text collate "C" primary key not null,
  value bigint not null
);

create table meta (
  key text collate "C" primary key not null,
  value text collate "C" not null
);

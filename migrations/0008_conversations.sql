-- Whom a workspace speaks with, and what was said.

-- A person or a group as the team knows them. Members merge contacts by hand; what WhatsApp knows stays as it is below.
create table contacts (
  workspace_id uuid not null constraint contacts_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  kind text not null constraint contacts_kind_known check (kind in ('person', 'group')),
  -- As members call them; without it, what the phone or WhatsApp calls them.
  name text,
  created_at timestamptz not null,
  constraint contacts_pkey primary key (workspace_id, id)
);
select protect_tenant_table('contacts');

-- What WhatsApp knows somebody by: a phone number, a LID, or both; or the number of a group. When a phone number and a
-- LID turn out to be one person, the younger identity is merged into the older one, and stays as what it was before.
create table identities (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null constraint identities_kind_known check (kind in ('person', 'group')),
  phone text constraint identities_phone_form check (phone ~ '^[0-9]{5,20}$'),
  lid text constraint identities_lid_form check (lid ~ '^[0-9]{5,20}$'),
  group_number text constraint identities_group_number_form check (group_number ~ '^[0-9]{5,20}(-[0-9]+)?$'),
  -- As they call themselves, and as the address book of a phone does.
  push_name text,
  phone_name text,
  is_business boolean not null default false,
  merged_into uuid,
  created_at timestamptz not null,
  constraint identities_pkey primary key (workspace_id, id),
  constraint identities_contact_fkey foreign key (workspace_id, contact_id) references contacts on delete cascade,
  constraint identities_merged_into_fkey foreign key (workspace_id, merged_into) references identities on delete cascade,
  constraint identities_known_by_something check (
    (kind = 'person' and group_number is null and (phone is not null or lid is not null)) or
    (kind = 'group' and group_number is not null and phone is null and lid is null))
);
create unique index identities_phone_key on identities (workspace_id, phone) where merged_into is null;
create unique index identities_lid_key on identities (workspace_id, lid) where merged_into is null;
create unique index identities_group_key on identities (workspace_id, group_number) where merged_into is null;
create index identities_contact_idx on identities (workspace_id, contact_id);
create index identities_merged_into_idx on identities (workspace_id, merged_into) where merged_into is not null;
select protect_tenant_table('identities');

create table identity_merges (
  workspace_id uuid not null,
  id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  -- The identity that is kept had these before, so that a merge can be undone.
  kept_phone text,
  kept_lid text,
  why text not null,
  merged_at timestamptz not null,
  undone_at timestamptz,
  constraint identity_merges_pkey primary key (workspace_id, id),
  constraint identity_merges_kept_fkey foreign key (workspace_id, kept_id) references identities on delete cascade,
  constraint identity_merges_merged_fkey foreign key (workspace_id, merged_id) references identities on delete cascade
);
select protect_tenant_table('identity_merges');

-- The thread of one device with one identity.
create table conversations (
  workspace_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  identity_id uuid not null,
  -- Of the identity, so that lists need not look there.
  contact_id uuid not null,
  status text not null default 'open' constraint conversations_status_known check (status in ('open', 'pending', 'snoozed', 'resolved')),
  -- Of the newest message, by the network's order; what the list is sorted by.
  last_message_at bigint,
  last_message_id uuid,
  last_inbound_at bigint,
  -- As the phone counts.
  unread integer not null default 0,
  archived boolean not null default false,
  -- Its messages went to another conversation when identities were merged.
  merged_into uuid,
  created_at timestamptz not null,
  constraint conversations_pkey primary key (workspace_id, id),
  constraint conversations_identity_key unique (workspace_id, device_id, identity_id),
  constraint conversations_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade,
  constraint conversations_identity_fkey foreign key (workspace_id, identity_id) references identities on delete cascade,
  constraint conversations_contact_fkey foreign key (workspace_id, contact_id) references contacts on delete cascade,
  constraint conversations_merged_into_fkey foreign key (workspace_id, merged_into) references conversations on delete cascade
);
create index conversations_newest_idx on conversations (workspace_id, last_message_at desc, id desc) where merged_into is null;
create index conversations_contact_idx on conversations (workspace_id, contact_id);
select protect_tenant_table('conversations');

create table messages (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  -- Where it came first: what undoes a merge.
  first_conversation_id uuid not null,
  from_me boolean not null,
  -- In a group, who wrote it; null where it is we. And whom it was taken for before identities were merged.
  author_id uuid,
  first_author_id uuid,
  -- WhatsApp's own, made beforehand for what we send.
  stanza_id text not null,
  -- Made by the page that sent it: the same twice is one message.
  client_id uuid,
  sent_by_kind text constraint messages_sent_by_known check (sent_by_kind in ('member', 'api_key', 'system', 'phone')),
  sent_by_id uuid,
  sent_by_name text,
  -- WhatsApp's clock knows seconds only; the page's own order tells them apart.
  at bigint not null,
  position double precision not null default 0,
  kind text not null,
  content jsonb not null,
  quoted jsonb,
  mentions jsonb,
  forwarded integer,
  -- Of what comes in: as the network told it. Of what we send: from -1 failed to 4 played.
  ack smallint not null constraint messages_ack_range check (ack between -1 and 4),
  -- Of what we send.
  sending text constraint messages_sending_known check (sending in ('held', 'queued', 'given', 'checking', 'uncertain', 'sent', 'failed', 'cancelled')),
  failure text constraint messages_failure_form check (failure ~ '^[a-z][a-z_]{0,59}$'),
  edited_at bigint,
  revoked_at timestamptz,
  hidden_at timestamptz,
  disappears_after bigint,
  source text not null constraint messages_source_known check (source in ('live', 'catch_up', 'history', 'ours')),
  created_at timestamptz not null,
  constraint messages_pkey primary key (workspace_id, id),
  constraint messages_conversation_fkey foreign key (workspace_id, conversation_id) references conversations on delete cascade,
  constraint messages_first_conversation_fkey foreign key (workspace_id, first_conversation_id) references conversations on delete cascade,
  constraint messages_author_fkey foreign key (workspace_id, author_id) references identities,
  constraint messages_first_author_fkey foreign key (workspace_id, first_author_id) references identities,
  constraint messages_network_key unique nulls not distinct (workspace_id, conversation_id, stanza_id, from_me, author_id),
  constraint messages_client_key unique (workspace_id, client_id),
  constraint messages_failure_given check ((sending = 'failed') = (failure is not null))
);
create index messages_order_idx on messages (workspace_id, conversation_id, at, position, id);
create index messages_first_conversation_idx on messages (workspace_id, first_conversation_id) where first_conversation_id <> conversation_id;
select protect_tenant_table('messages');

-- One of each who reacted; an empty emoji takes it back, and is kept, so that an older one that comes late does not undo it.
create table reactions (
  workspace_id uuid not null,
  message_id uuid not null,
  -- Null where it is we.
  by_id uuid,
  emoji text not null,
  at bigint not null,
  constraint reactions_by_key unique nulls not distinct (workspace_id, message_id, by_id),
  constraint reactions_message_fkey foreign key (workspace_id, message_id) references messages on delete cascade,
  constraint reactions_by_fkey foreign key (workspace_id, by_id) references identities
);
select protect_tenant_table('reactions');

create table poll_votes (
  workspace_id uuid not null,
  message_id uuid not null,
  by_id uuid,
  options integer[] not null,
  at bigint not null,
  constraint poll_votes_by_key unique nulls not distinct (workspace_id, message_id, by_id),
  constraint poll_votes_message_fkey foreign key (workspace_id, message_id) references messages on delete cascade,
  constraint poll_votes_by_fkey foreign key (workspace_id, by_id) references identities
);
select protect_tenant_table('poll_votes');

-- What came before its message: a tick, an edit, a reaction. It is applied when the message comes, and forgotten after days.
create table early_facts (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  stanza_id text not null,
  from_me boolean not null,
  event jsonb not null,
  told_at timestamptz not null,
  constraint early_facts_pkey primary key (workspace_id, id),
  constraint early_facts_conversation_fkey foreign key (workspace_id, conversation_id) references conversations on delete cascade
);
create index early_facts_message_idx on early_facts (workspace_id, conversation_id, stanza_id);
create index early_facts_told_idx on early_facts (told_at);
select protect_tenant_table('early_facts');

-- Bytes, once a workspace however often they were sent.
create table stored_objects (
  workspace_id uuid not null constraint stored_objects_workspace_fkey references workspaces on delete cascade,
  hash text not null constraint stored_objects_hash_form check (hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  -- As the bytes themselves show, whatever they were said to be.
  mimetype text not null,
  stored_at timestamptz not null,
  constraint stored_objects_pkey primary key (workspace_id, hash)
);
select protect_tenant_table('stored_objects');

-- As the network shows it now.
alter table identities
  add column picture_hash text,
  add constraint identities_picture_fkey foreign key (workspace_id, picture_hash) references stored_objects;

create table message_media (
  workspace_id uuid not null,
  message_id uuid not null,
  state text not null constraint message_media_state_known check (state in ('wanted', 'later', 'stored', 'gone', 'too_large')),
  hash text,
  tries integer not null default 0,
  due_at timestamptz not null,
  constraint message_media_pkey primary key (workspace_id, message_id),
  constraint message_media_message_fkey foreign key (workspace_id, message_id) references messages on delete cascade,
  constraint message_media_hash_fkey foreign key (workspace_id, hash) references stored_objects,
  constraint message_media_stored check ((state = 'stored') = (hash is not null))
);
create index message_media_due_idx on message_media (due_at) where state in ('wanted', 'later');
select protect_tenant_table('message_media');

-- Messages of this time may be missing; the page shows it.
create table gaps (
  workspace_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  -- Of all its conversations, where null.
  conversation_id uuid,
  from_at bigint not null,
  to_at bigint not null,
  found_at timestamptz not null,
  closed_at timestamptz,
  constraint gaps_pkey primary key (workspace_id, id),
  constraint gaps_time_key unique nulls not distinct (workspace_id, device_id, conversation_id, from_at, to_at),
  constraint gaps_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade,
  constraint gaps_conversation_fkey foreign key (workspace_id, conversation_id) references conversations on delete cascade
);
select protect_tenant_table('gaps');

-- What is asked of sessions: made in the transaction that wants it, given to the node by whichever gateway holds its link.
--
--   waiting ──given to a node──▶ given ──its outcome──▶ done
--      ▲                          ├──no outcome, and the node is gone──▶ checking ──looked for──▶ done | waiting | uncertain
--      └──asked again by hand─────┴──▶ uncertain ──a person decides──▶ done | waiting
create table device_commands (
  workspace_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  -- Where it may not overtake others of the same conversation.
  conversation_id uuid,
  message_id uuid,
  command jsonb not null,
  state text not null default 'waiting' constraint device_commands_state_known check (state in ('waiting', 'given', 'checking', 'uncertain', 'done', 'cancelled')),
  -- Not before: scheduled, or held so that it can be undone.
  due_at timestamptz not null,
  deadline timestamptz,
  tries integer not null default 0,
  -- A node could not do it yet. It keeps its place, and what is behind it waits.
  retry_at timestamptz,
  given_epoch bigint,
  given_at timestamptz,
  -- The epoch in which the message was last looked for.
  checked_epoch bigint,
  outcome jsonb,
  -- What it brought: a screenshot.
  object_hash text,
  ended_at timestamptz,
  created_at timestamptz not null,
  constraint device_commands_object_fkey foreign key (workspace_id, object_hash) references stored_objects,
  constraint device_commands_pkey primary key (workspace_id, id),
  constraint device_commands_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade,
  constraint device_commands_conversation_fkey foreign key (workspace_id, conversation_id) references conversations on delete cascade,
  constraint device_commands_message_fkey foreign key (workspace_id, message_id) references messages on delete cascade
);
create index device_commands_open_idx on device_commands (workspace_id, device_id, created_at, id) where state in ('waiting', 'given', 'checking', 'uncertain');
create index device_commands_conversation_idx on device_commands (workspace_id, conversation_id) where state in ('waiting', 'given', 'checking', 'uncertain');
create index device_commands_due_idx on device_commands (due_at) where state = 'waiting';
create index device_commands_ended_idx on device_commands (ended_at) where ended_at is not null;
select protect_tenant_table('device_commands');

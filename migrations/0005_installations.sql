-- One row: which SECRET_KEY this database was sealed with, as a code that tells nothing of the key. It belongs to no
-- workspace, so only the system role may see it, and nobody of ours changes it.
create table installations (
  is_only boolean not null default true constraint installations_pkey primary key constraint installations_is_only check (is_only),
  secret_key_mac text not null
);
grant select, insert on installations to waxos_system;

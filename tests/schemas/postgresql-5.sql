-- The tables of schema/sqlite.sql, for PostgreSQL 15 and later: made by `exemplar migrate` in the
-- name of their owner. {application} stands for the role that the register works in. Texts sort
-- by their bytes, as in SQLite, whatever the locale of the server.

CREATE TABLE IF NOT EXISTS entries (
    position    bigint PRIMARY KEY CHECK (position >= 0),
    subject     text   COLLATE "C" NOT NULL,
    version     bigint NOT NULL CHECK (version >= 0),
    recorded_at bigint NOT NULL,
    name        text   COLLATE "C" NOT NULL,
    body        bytea  NOT NULL,
    blind       bytea  NOT NULL,
    leaf        bytea  NOT NULL,
    UNIQUE (subject, version)
);

CREATE OR REPLACE FUNCTION entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER entries_are_never_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_are_append_only();

CREATE OR REPLACE FUNCTION entries_have_a_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM added a
      WHERE a.position > 0
        AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.position = a.position - 1)
         OR a.version > 1 AND NOT EXISTS
            (SELECT 1 FROM entries e WHERE e.subject = a.subject AND e.version = a.version - 1);
    IF FOUND THEN
        RAISE EXCEPTION 'entries are append-only: the place before is empty'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER entries_leave_no_gap
AFTER INSERT ON entries REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION entries_have_a_gap();

-- ALWAYS: not even a session that calls itself a replica passes.
ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_are_never_changed;
ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_leave_no_gap;

CREATE TABLE IF NOT EXISTS head (
    id          bigint PRIMARY KEY CHECK (id = 0),
    size        bigint NOT NULL,
    edge        bytea  NOT NULL,
    recorded_at bigint NOT NULL
) WITH (fillfactor = 10);                 -- its one row is written anew at every commit
INSERT INTO head VALUES (0, 0, '', 0) ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS checkpoint (
    number bigint PRIMARY KEY CHECK (number >= 1),
    size   bigint NOT NULL,
    note   bytea  NOT NULL
);

CREATE OR REPLACE FUNCTION checkpoints_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'checkpoints are append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER checkpoints_are_never_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION checkpoints_are_append_only();

CREATE OR REPLACE FUNCTION checkpoints_have_a_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM added a
      WHERE a.number > 1
        AND NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.number = a.number - 1);
    IF FOUND THEN
        RAISE EXCEPTION 'checkpoints are append-only: not the next number'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER checkpoints_leave_no_gap
AFTER INSERT ON checkpoint REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION checkpoints_have_a_gap();

ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoints_are_never_changed;
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoints_leave_no_gap;

CREATE TABLE IF NOT EXISTS cosignature (
    number  bigint PRIMARY KEY CHECK (number >= 1),
    size    bigint NOT NULL,
    witness text   COLLATE "C" NOT NULL,
    note    bytea  NOT NULL
);
CREATE INDEX IF NOT EXISTS cosignature_size ON cosignature (size);

CREATE OR REPLACE FUNCTION cosignatures_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'cosignatures are append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER cosignatures_are_never_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON cosignature
FOR EACH STATEMENT EXECUTE FUNCTION cosignatures_are_append_only();

CREATE OR REPLACE FUNCTION cosignatures_have_a_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM added a
      WHERE a.number > 1
        AND NOT EXISTS (SELECT 1 FROM cosignature c WHERE c.number = a.number - 1);
    IF FOUND THEN
        RAISE EXCEPTION 'cosignatures are append-only: not the next number'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER cosignatures_leave_no_gap
AFTER INSERT ON cosignature REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION cosignatures_have_a_gap();

ALTER TABLE cosignature ENABLE ALWAYS TRIGGER cosignatures_are_never_changed;
ALTER TABLE cosignature ENABLE ALWAYS TRIGGER cosignatures_leave_no_gap;

CREATE TABLE IF NOT EXISTS vault (
    id      text  COLLATE "C" PRIMARY KEY,
    owner   text  COLLATE "C" NOT NULL,
    salt    bytea NOT NULL,
    content text  COLLATE "C" NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
CREATE INDEX IF NOT EXISTS vault_owner ON vault (owner);

CREATE TABLE IF NOT EXISTS identity (
    id      text  COLLATE "C" PRIMARY KEY,
    owner   text  COLLATE "C" NOT NULL,
    salt    bytea NOT NULL,
    content text  COLLATE "C" NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
CREATE INDEX IF NOT EXISTS identity_owner ON identity (owner);

CREATE OR REPLACE FUNCTION identities_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'identities are never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER identities_are_never_changed
BEFORE UPDATE OR TRUNCATE ON identity
FOR EACH STATEMENT EXECUTE FUNCTION identities_are_kept();

-- No file is destroyed before its entry says so.
CREATE OR REPLACE FUNCTION identity_has_its_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM entries WHERE subject = OLD.owner AND name = 'complaint-destroyed';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'identities are destroyed by an entry only'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER identities_are_destroyed_by_entry
BEFORE DELETE ON identity
FOR EACH ROW EXECUTE FUNCTION identity_has_its_entry();

ALTER TABLE identity ENABLE ALWAYS TRIGGER identities_are_never_changed;
ALTER TABLE identity ENABLE ALWAYS TRIGGER identities_are_destroyed_by_entry;

-- From here on everything is derived: `exemplar rebuild` makes it anew.

CREATE TABLE IF NOT EXISTS node (
    level  bigint NOT NULL,
    number bigint NOT NULL,
    hash   bytea  NOT NULL,
    PRIMARY KEY (level, number)
);

CREATE TABLE IF NOT EXISTS command (
    command_id text   COLLATE "C" PRIMARY KEY,
    position   bigint NOT NULL,
    count      bigint NOT NULL
);

CREATE TABLE IF NOT EXISTS span (
    candidate  bigint NOT NULL,
    valid_from bigint NOT NULL,
    valid_to   bigint NOT NULL,
    known_from bigint NOT NULL,
    end_known  bigint NOT NULL,
    state      bigint NOT NULL,
    unit       bigint NOT NULL,
    kind       bigint NOT NULL,
    priority   bigint NOT NULL,
    suspended  bigint NOT NULL,
    since      bigint NOT NULL,
    PRIMARY KEY (candidate, valid_from)
);
CREATE INDEX IF NOT EXISTS span_state ON span
    (unit, state, kind, priority, valid_from, valid_to, known_from, end_known, since);
-- What waits, longest first, and which units are silent: the segments that go on.
CREATE INDEX IF NOT EXISTS span_open ON span (since, candidate, state, unit)
    WHERE valid_to = 2000000000;
CREATE INDEX IF NOT EXISTS span_unit ON span (unit, since) WHERE valid_to = 2000000000;

CREATE TABLE IF NOT EXISTS span_past (
    candidate  bigint NOT NULL,
    valid_from bigint NOT NULL,
    valid_to   bigint NOT NULL,
    known_from bigint NOT NULL,
    end_known  bigint NOT NULL,
    state      bigint NOT NULL,
    unit       bigint NOT NULL,
    kind       bigint NOT NULL,
    priority   bigint NOT NULL,
    suspended  bigint NOT NULL,
    since      bigint NOT NULL,
    known_to   bigint NOT NULL,
    PRIMARY KEY (candidate, valid_from, known_from)
);

CREATE TABLE IF NOT EXISTS card (
    candidate  bigint PRIMARY KEY,
    subject    text COLLATE "C" NOT NULL UNIQUE,
    person     text COLLATE "C",
    name       text COLLATE "C" NOT NULL,
    sort_key   text COLLATE "C" NOT NULL,
    search_key text COLLATE "C" NOT NULL,
    identity   text COLLATE "C" NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 0);
CREATE INDEX IF NOT EXISTS card_order ON card (sort_key, candidate);
CREATE INDEX IF NOT EXISTS card_person ON card (person);
CREATE INDEX IF NOT EXISTS card_identity ON card (identity);

-- SQLite's name for it.
CREATE OR REPLACE FUNCTION instr(text, text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT strpos($1, $2)';

-- What figures ask for, by SQLite's names.
CREATE OR REPLACE FUNCTION json_extract(bytea, text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
'SELECT jsonb_path_query_first(convert_from($1, ''UTF8'')::jsonb, $2::jsonpath) #>> ARRAY[]::text[]';

CREATE OR REPLACE FUNCTION json_each(bytea, text) RETURNS TABLE (value text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
'SELECT jsonb_path_query(convert_from($1, ''UTF8'')::jsonb, ($2 || ''[*]'')::jsonpath) #>> ARRAY[]::text[]';

CREATE OR REPLACE FUNCTION json_array_length(bytea, text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
'SELECT jsonb_array_length(jsonb_path_query_first(convert_from($1, ''UTF8'')::jsonb, $2::jsonpath))';

CREATE OR REPLACE FUNCTION julianday(text) RETURNS double precision
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
'SELECT ($1::date - DATE ''1970-01-01'') + 2440587.5';

CREATE OR REPLACE FUNCTION strftime(text, bigint, text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
'SELECT to_char(DATE ''1970-01-01'' + ($2 / 86400)::integer, replace(replace($1, ''%Y'', ''YYYY''), ''%m'', ''MM''))';

-- For the log's pages: which kind, by whom, of which day.
CREATE INDEX IF NOT EXISTS entries_name ON entries (name, position);
CREATE INDEX IF NOT EXISTS entries_actor ON entries (
    substr(substr(encode(body, 'escape'), instr(encode(body, 'escape'), '"actor":"') + 9),
           1, instr(substr(encode(body, 'escape'), instr(encode(body, 'escape'), '"actor":"') + 9) || '"', '"') - 1),
    position);
CREATE INDEX IF NOT EXISTS entries_day ON entries (
    substr(encode(body, 'escape'), instr(encode(body, 'escape'), '"effective_on":"') + 16, 10),
    position);

-- The application adds entries; it makes derived rows anew, and erases from the vault.
REVOKE ALL ON entries, head, checkpoint, cosignature, vault, identity FROM PUBLIC;
REVOKE ALL ON node, command, span, span_past, card FROM PUBLIC;
GRANT SELECT, INSERT ON entries, checkpoint, cosignature TO {application};
GRANT SELECT, UPDATE ON head TO {application};
GRANT SELECT, INSERT, DELETE ON vault TO {application};
GRANT SELECT, INSERT, DELETE ON identity TO {application};
GRANT SELECT, INSERT, UPDATE, DELETE ON node, command, span, span_past, card TO {application};

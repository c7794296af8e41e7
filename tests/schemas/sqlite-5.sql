-- One row per entry, in the order recorded: added, never changed.
CREATE TABLE IF NOT EXISTS entries (
    position    INTEGER PRIMARY KEY,  -- from 0, without gaps; explicit, so that a dump keeps it
    subject     TEXT    NOT NULL,     -- whose entry it is, such as candidate:9f86d081884c7d65
    version     INTEGER NOT NULL,     -- from 1 within the subject, without gaps
    recorded_at INTEGER NOT NULL,     -- microseconds since 1970, UTC; never decreasing
    name        TEXT    NOT NULL,     -- stored name of the event, from a closed list
    body        BLOB    NOT NULL,     -- canonical JSON: what is hashed is what is read
    blind       BLOB    NOT NULL,     -- 16 random bytes that keep the public leaf from telling
    leaf        BLOB    NOT NULL,     -- RFC 6962 hash of the leaf's public text
    UNIQUE (subject, version)
) STRICT;

-- For the log's pages: which kind, by whom, of which day.
CREATE INDEX IF NOT EXISTS entries_name ON entries (name, position);
CREATE INDEX IF NOT EXISTS entries_actor ON entries (
    substr(substr(CAST(body AS TEXT), instr(CAST(body AS TEXT), '"actor":"') + 9),
           1, instr(substr(CAST(body AS TEXT), instr(CAST(body AS TEXT), '"actor":"') + 9) || '"', '"') - 1),
    position);
CREATE INDEX IF NOT EXISTS entries_day ON entries (
    substr(CAST(body AS TEXT), instr(CAST(body AS TEXT), '"effective_on":"') + 16, 10),
    position);

CREATE TRIGGER IF NOT EXISTS entries_are_never_updated BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TRIGGER IF NOT EXISTS entries_are_never_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

-- INSERT OR REPLACE walks past the trigger above, so it is stopped before it begins.
CREATE TRIGGER IF NOT EXISTS entries_are_never_replaced BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE position = NEW.position)
  OR EXISTS (SELECT 1 FROM entries WHERE subject = NEW.subject AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'entries are append-only: the version is taken'); END;

-- A row put in beside our recorder cannot lie out of the way: it takes the very next place, where
-- the recorder finds it taken and stops.
CREATE TRIGGER IF NOT EXISTS entries_leave_no_gap BEFORE INSERT ON entries
WHEN NEW.position > 0 AND NOT EXISTS (SELECT 1 FROM entries WHERE position = NEW.position - 1)
  OR NEW.version > 1 AND NOT EXISTS
     (SELECT 1 FROM entries WHERE subject = NEW.subject AND version = NEW.version - 1)
BEGIN SELECT RAISE(ABORT, 'entries are append-only: the place before is empty'); END;

-- The right edge of the Merkle tree over the leaves, and the last recorded time.
CREATE TABLE IF NOT EXISTS head (
    id          INTEGER PRIMARY KEY CHECK (id = 0),
    size        INTEGER NOT NULL,
    edge        BLOB    NOT NULL,     -- hashes of the perfect subtrees, largest first
    recorded_at INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO head VALUES (0, 0, x'', 0);

-- Signed checkpoints of the tree, in the order they were kept: added, never changed.
CREATE TABLE IF NOT EXISTS checkpoint (
    number INTEGER PRIMARY KEY,       -- from 1, without gaps
    size   INTEGER NOT NULL,          -- how many entries it seals
    note   BLOB    NOT NULL           -- C2SP signed note
) STRICT;

CREATE TRIGGER IF NOT EXISTS checkpoints_are_never_updated BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;

CREATE TRIGGER IF NOT EXISTS checkpoints_are_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;

CREATE TRIGGER IF NOT EXISTS checkpoints_follow_each_other BEFORE INSERT ON checkpoint
WHEN NEW.number <> (SELECT ifnull(max(number), 0) + 1 FROM checkpoint)
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only: not the next number'); END;

-- Checkpoints with the cosignature of a witness, in the order collected: added, never changed.
CREATE TABLE IF NOT EXISTS cosignature (
    number  INTEGER PRIMARY KEY,      -- from 1, without gaps
    size    INTEGER NOT NULL,         -- how many entries the checkpoint seals
    witness TEXT    NOT NULL,         -- name and key hash of the witness
    note    BLOB    NOT NULL          -- C2SP signed note: the log's signatures and the witness's
) STRICT;
CREATE INDEX IF NOT EXISTS cosignature_size ON cosignature (size);

CREATE TRIGGER IF NOT EXISTS cosignatures_are_never_updated BEFORE UPDATE ON cosignature
BEGIN SELECT RAISE(ABORT, 'cosignatures are append-only'); END;

CREATE TRIGGER IF NOT EXISTS cosignatures_are_never_deleted BEFORE DELETE ON cosignature
BEGIN SELECT RAISE(ABORT, 'cosignatures are append-only'); END;

CREATE TRIGGER IF NOT EXISTS cosignatures_follow_each_other BEFORE INSERT ON cosignature
WHEN NEW.number <> (SELECT ifnull(max(number), 0) + 1 FROM cosignature)
BEGIN SELECT RAISE(ABORT, 'cosignatures are append-only: not the next number'); END;

-- Names, free text and their salts; the log holds HMAC-SHA256(salt, content) only.
CREATE TABLE IF NOT EXISTS vault (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,            -- the subject whose erasure deletes the row
    salt    BLOB NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS vault_owner ON vault (owner);

-- Who complained or denounced, apart from the vault and opened for a recorded reason only.
-- Destroying a complaint's file deletes its row; nothing changes one.
CREATE TABLE IF NOT EXISTS identity (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,            -- the complaint
    salt    BLOB NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identity_owner ON identity (owner);

CREATE TRIGGER IF NOT EXISTS identities_are_never_updated BEFORE UPDATE ON identity
BEGIN SELECT RAISE(ABORT, 'identities are never changed'); END;

CREATE TRIGGER IF NOT EXISTS identities_are_never_replaced BEFORE INSERT ON identity
WHEN EXISTS (SELECT 1 FROM identity WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'identities are never changed: the id is taken'); END;

-- No file is destroyed before its entry says so.
CREATE TRIGGER IF NOT EXISTS identities_are_destroyed_by_entry BEFORE DELETE ON identity
WHEN NOT EXISTS (SELECT 1 FROM entries WHERE subject = OLD.owner AND name = 'complaint-destroyed')
BEGIN SELECT RAISE(ABORT, 'identities are destroyed by an entry only'); END;

-- From here on everything is derived: `exemplar rebuild` makes it anew.

-- Hashes over each 256 of the level below (level 1: over leaves), so that proofs are quick.
CREATE TABLE IF NOT EXISTS node (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

-- Which entries a command made, so that the same command is recorded once.
CREATE TABLE IF NOT EXISTS command (
    command_id TEXT    NOT NULL,
    position   INTEGER NOT NULL,      -- of the first entry it made
    count      INTEGER NOT NULL,
    PRIMARY KEY (command_id)
) STRICT, WITHOUT ROWID;

-- Who was in which state: one row per believed segment, L-shaped. A row holds on
-- [valid_from, end of time) as known from known_from on, and on [valid_from, valid_to) as known
-- from end_known on. A candidate or a unit is numbered by the position of its first entry.
CREATE TABLE IF NOT EXISTS span (
    candidate  INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,      -- days since 1970-01-01
    valid_to   INTEGER NOT NULL,
    known_from INTEGER NOT NULL,      -- positions
    end_known  INTEGER NOT NULL,
    state      INTEGER NOT NULL,      -- 0 to 3 the stages, 4 to 7 the outcomes
    unit       INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    priority   INTEGER NOT NULL,      -- a bit for each priority group
    suspended  INTEGER NOT NULL,
    since      INTEGER NOT NULL,      -- the day the state began
    PRIMARY KEY (candidate, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS span_state ON span
    (unit, state, kind, priority, valid_from, valid_to, known_from, end_known, since);
-- What waits, longest first, and which units are silent: the segments that go on.
CREATE INDEX IF NOT EXISTS span_open ON span (since, candidate, state, unit)
    WHERE valid_to = 2000000000;
CREATE INDEX IF NOT EXISTS span_unit ON span (unit, since) WHERE valid_to = 2000000000;

-- Segments that are no longer believed, with the position that ended the belief.
CREATE TABLE IF NOT EXISTS span_past (
    candidate  INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    end_known  INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    unit       INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    priority   INTEGER NOT NULL,
    suspended  INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    known_to   INTEGER NOT NULL,
    PRIMARY KEY (candidate, valid_from, known_from)
) STRICT, WITHOUT ROWID;

-- What lists show and search: from the vault, and gone with it.
CREATE TABLE IF NOT EXISTS card (
    candidate  INTEGER PRIMARY KEY,
    subject    TEXT NOT NULL UNIQUE,
    person     TEXT,
    name       TEXT NOT NULL,
    sort_key   TEXT NOT NULL,         -- Vietnamese order, by given name for people
    search_key TEXT NOT NULL,         -- lower case, no marks
    identity   TEXT NOT NULL          -- spelling of the name and birth year, for duplicates
) STRICT;
-- In the order of names, with what is searched beside: a search reads this index alone.
CREATE INDEX IF NOT EXISTS card_find ON card (sort_key, candidate, search_key);
DROP INDEX IF EXISTS card_order;
CREATE INDEX IF NOT EXISTS card_person ON card (person);
CREATE INDEX IF NOT EXISTS card_identity ON card (identity);

-- A conversation is what somebody asked in one chat; the browser's address names it.
CREATE TABLE conversations (
    id        TEXT PRIMARY KEY,             -- 16 random hex digits
    title     TEXT NOT NULL,
    created   TEXT NOT NULL,                -- this and the next two: UTC, ISO 8601
    changed   TEXT NOT NULL,                -- when something was last asked in it
    deleted   TEXT                          -- it is hidden, and purged some time later
) STRICT;
CREATE INDEX conversations_by_change ON conversations (changed);

-- An exchange is a question and what came of it.
CREATE TABLE exchanges (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question     TEXT NOT NULL,             -- as it was typed
    within       TEXT NOT NULL,             -- JSON: the filter that it was asked under
    demanded     REAL,                      -- how sure the answer had to be; NULL: the setting
    assistant    TEXT,                      -- who answered; NULL: nobody in particular
    asked        TEXT NOT NULL,             -- UTC, ISO 8601
    state        TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'stopped', 'failed', 'interrupted')),
    result       TEXT,                      -- JSON: the answer but for its sources; NULL: none
    error        TEXT                       -- why it failed, "" if unexpected
) STRICT;
CREATE INDEX exchanges_of_conversation ON exchanges (conversation);

-- The chunks that the passages of an answer were made of; they go with the chunks.
CREATE TABLE exchange_passages (
    exchange INTEGER NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    passage  INTEGER NOT NULL,              -- place among the passages, from 0
    part     INTEGER NOT NULL,              -- place in the passage, from 0
    chunk    TEXT NOT NULL REFERENCES chunks (id) ON DELETE CASCADE,
    best     INTEGER NOT NULL,              -- 1: the passage was found by it
    PRIMARY KEY (exchange, passage, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX exchange_passages_by_chunk ON exchange_passages (chunk);

-- Where an answer stands, and what came closest. Of a removed document only its path stays.
CREATE TABLE exchange_sources (
    exchange   INTEGER NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,            -- place among the sources, from 0
    kind       TEXT NOT NULL CHECK (kind IN ('cited', 'closest')),
    n          INTEGER NOT NULL,            -- the number in the answer; 0 for what came closest
    document   TEXT,                        -- NULL: it was removed
    path       TEXT NOT NULL,               -- when the answer was written
    page       INTEGER,
    heading    TEXT NOT NULL,
    unit       TEXT,
    confidence REAL,
    chunk      TEXT NOT NULL,
    sha256     TEXT NOT NULL,               -- of the version that it was read in; '': not known
    text       TEXT NOT NULL,               -- the quote, or the closest text
    PRIMARY KEY (exchange, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX exchange_sources_by_document ON exchange_sources (document);

-- Chunks get a number, which the keyword index knows them by, and a note whether it has them.
CREATE TABLE numbered (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,          -- hash of document, bytes, pipeline and ordinal
    version  INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    page     INTEGER,                       -- from 1; NULL where there are no pages
    heading  TEXT NOT NULL,
    header   TEXT NOT NULL DEFAULT '',      -- of the table that it begins in the middle of
    start    INTEGER NOT NULL,              -- characters, in the page or else in the whole text
    end      INTEGER NOT NULL,
    text     TEXT NOT NULL,
    embedded TEXT NOT NULL,                 -- SHA-256 of the text that was embedded for it
    keyed    INTEGER NOT NULL DEFAULT 0     -- 1: its words are in `keywords`
) STRICT;
INSERT INTO numbered (id, version, ordinal, page, heading, start, end, text, embedded)
    SELECT id, version, ordinal, page, heading, start, end, text, embedded FROM chunks;
DROP TABLE chunks;
ALTER TABLE numbered RENAME TO chunks;
CREATE UNIQUE INDEX chunks_of_version ON chunks (version, ordinal);
CREATE INDEX chunks_by_embedded ON chunks (embedded);
CREATE INDEX chunks_without_keywords ON chunks (number) WHERE keyed=0;

-- The words of each chunk as retrieval/keywords/terms.py cuts them, with spaces between; rowid: its number.
-- Derived: it can be emptied at any time (keyed=0 for all) and is filled again. Only the chunks
-- that hold a word matter, not where in the text: `detail=none` takes a third of the space.
CREATE VIRTUAL TABLE keywords USING fts5(
    title, heading, body, detail=none, tokenize="ascii tokenchars '.%'"
);
CREATE VIRTUAL TABLE keyword_counts USING fts5vocab(keywords, row);

-- The release of retrieval/keywords/terms.py that cut them, '' before the first; another one cuts them again.
CREATE TABLE keyword_state (terms TEXT NOT NULL) STRICT;
INSERT INTO keyword_state VALUES ('');

-- What questions of a language have in common, by embedding model; derived, see retrieval/search/hubs.py.
CREATE TABLE hubs (
    fingerprint TEXT NOT NULL,
    bank        TEXT NOT NULL,
    mean        BLOB NOT NULL,              -- float32, little-endian
    PRIMARY KEY (fingerprint, bank)
) STRICT;

-- Questions put into the other language by a chat model, kept so that none is translated twice.
CREATE TABLE translations (
    number   INTEGER PRIMARY KEY,           -- the oldest goes first
    question TEXT NOT NULL,
    lang     TEXT NOT NULL,
    model    TEXT NOT NULL,
    text     TEXT NOT NULL,
    UNIQUE (question, lang, model)
) STRICT;

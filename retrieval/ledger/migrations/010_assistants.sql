-- A collection that somebody made or described; one that only its documents name needs no row.
CREATE TABLE collections (
    name        TEXT PRIMARY KEY,
    description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
    made_at     TEXT NOT NULL               -- UTC, ISO 8601
) STRICT;

-- An assistant answers from some collections, in a manner of its own.
CREATE TABLE assistants (
    id           TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
    name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    instructions TEXT NOT NULL DEFAULT '' CHECK (length(instructions) <= 2000),
    tone         TEXT NOT NULL CHECK (tone IN ('neutral', 'friendly', 'formal', 'brief')),
    lang         TEXT NOT NULL CHECK (lang IN ('', 'zh', 'en')),  -- of answers; '': the question's
    greeting     TEXT NOT NULL DEFAULT '' CHECK (length(greeting) <= 300),
    made_at      TEXT NOT NULL,             -- UTC, ISO 8601
    removed_at   TEXT                       -- it can be brought back for some time
) STRICT;

-- By name, not by row: what is gone stays here, or its assistant would see all documents.
CREATE TABLE assistant_collections (
    assistant  TEXT NOT NULL REFERENCES assistants (id) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    PRIMARY KEY (assistant, collection)
) STRICT, WITHOUT ROWID;

-- Questions and answers that show the form; no fact is taken from them.
CREATE TABLE assistant_examples (
    assistant TEXT NOT NULL REFERENCES assistants (id) ON DELETE CASCADE,
    ordinal   INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 4),
    question  TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 300),
    answer    TEXT NOT NULL CHECK (length(answer) BETWEEN 1 AND 1000),
    PRIMARY KEY (assistant, ordinal)
) STRICT, WITHOUT ROWID;

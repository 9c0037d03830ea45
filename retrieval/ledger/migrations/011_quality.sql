-- What somebody thinks of an answer; it goes with the exchange.
CREATE TABLE verdicts (
    exchange INTEGER PRIMARY KEY REFERENCES exchanges (id) ON DELETE CASCADE,
    verdict  TEXT NOT NULL CHECK (verdict IN ('good', 'bad')),
    reason   TEXT NOT NULL CHECK (length(reason) <= 40),  -- a word, as 'wrong'; '': none was given
    note     TEXT NOT NULL CHECK (length(note) <= 1000),
    better   TEXT NOT NULL CHECK (length(better) <= 4000),  -- the answer that would be right
    given_at TEXT NOT NULL                  -- UTC, ISO 8601
) STRICT;

-- A question by which somebody measures how good the library is.
CREATE TABLE test_questions (
    id         TEXT PRIMARY KEY,            -- 16 random hex digits, or as the file it is from has it
    question   TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 20000),
    within     TEXT NOT NULL,               -- JSON: the filter that it is asked under
    assistant  TEXT,                        -- who answers; NULL: nobody in particular
    answerable INTEGER NOT NULL CHECK (answerable IN (0, 1)),
    expected   TEXT NOT NULL CHECK (length(expected) <= 4000),  -- a right answer; '': none is known
    must       TEXT NOT NULL,               -- JSON: what an answer holds, lists of alternatives
    must_not   TEXT NOT NULL,               -- JSON: what makes it wrong, a list
    made_at    TEXT NOT NULL                -- UTC, ISO 8601
) STRICT;

-- Where the right answer stands. Of a removed document only its path stays.
CREATE TABLE test_sources (
    question TEXT NOT NULL REFERENCES test_questions (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,              -- from 0
    document TEXT,                          -- NULL: it was removed, or never there
    path     TEXT NOT NULL,
    page     INTEGER,
    quote    TEXT NOT NULL,
    PRIMARY KEY (question, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX test_sources_by_document ON test_sources (document);

-- All test questions asked once. The answers are the exchanges of a conversation that is not listed.
CREATE TABLE quality_runs (
    conversation TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    began    TEXT NOT NULL,                 -- this and the next: UTC, ISO 8601
    ended    TEXT,                          -- NULL: it goes on, or the app ended meanwhile
    total    INTEGER NOT NULL,              -- questions that were to be asked
    settings TEXT NOT NULL,                 -- JSON: the models, and what else decides an answer
    counts   TEXT NOT NULL                  -- JSON: how many questions are right, refused, …
) STRICT;

CREATE TABLE quality_results (
    exchange INTEGER PRIMARY KEY REFERENCES exchanges (id) ON DELETE CASCADE,
    question TEXT NOT NULL,                 -- the id of the test question
    measures TEXT NOT NULL                  -- JSON: what was found and how the answer is
) STRICT;
CREATE INDEX quality_results_by_question ON quality_results (question);

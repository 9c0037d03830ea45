-- Questions that can be asked, each made of a passage of a document and checked to be answered.
-- They go with the version: a new one gets its own. A passage of which none could be made stays
-- here without a question, so that it is not tried again.
CREATE TABLE suggestions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    version  INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL CHECK (ordinal>=0),   -- of the chunk in the version
    lang     TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    question TEXT CHECK (length(question) BETWEEN 1 AND 200),
    UNIQUE (version, ordinal)
) STRICT;

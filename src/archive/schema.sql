-- The archive database, version 1. Places count code points of documents.text: what was read is
-- substr(text, start + 1, length). To keep the file small, rows say `length` and not the end, what stands near a fact is
-- placed from the fact's own start, and the words of closed sets (kinds, states, rules) are numbers of `terms`. The views
-- show all of it in words.

CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What was read: one row for one content, however many files hold it.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    chars INTEGER NOT NULL,
    pages INTEGER,
    fingerprint INTEGER NOT NULL,
    source TEXT NOT NULL,
    type TEXT,
    type_name TEXT,
    number TEXT,
    serial TEXT,
    number_year INTEGER,
    symbol TEXT,
    number_state TEXT,
    date TEXT,
    date_precision TEXT,
    year INTEGER,
    place TEXT,
    issuer TEXT,
    issuer_level TEXT,
    issuer_parent TEXT,
    issuer_folded TEXT,
    title TEXT,
    stage TEXT,
    security TEXT,
    urgency TEXT,
    period_from TEXT,
    period_to TEXT,
    key TEXT,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_key ON documents (key) WHERE key IS NOT NULL;
CREATE INDEX documents_by_year ON documents (year, type);
CREATE INDEX documents_by_number ON documents (number) WHERE number IS NOT NULL;
CREATE INDEX documents_by_date ON documents (date);
-- All that near-duplicates are found by, so that the texts need not be read.
CREATE INDEX documents_by_fingerprint ON documents (fingerprint, chars, type, stage, key);

-- Documents that are one paper or nearly so. `kind`: near (nearly the same text as an earlier document), draft_of (a draft,
-- and the document nearest to it that is none), same_number (the same number, symbol and issuer as an earlier one).
-- `distance`: bits in which the fingerprints differ. Each document is related to the nearest other, not to every one.
CREATE TABLE related (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    distance INTEGER NOT NULL,
    PRIMARY KEY (document, kind)
) WITHOUT ROWID;
CREATE INDEX related_by_other ON related (other);

-- Every file that was met. `status`: read, failed (`error` says why), vanished. `part`: text, or scan for the picture of a
-- document whose text another file holds.
CREATE TABLE files (
    path TEXT PRIMARY KEY NOT NULL,
    document INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    sha256 TEXT,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    part TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT
) WITHOUT ROWID;
CREATE INDEX files_by_document ON files (document);

-- The words of closed sets and the identifiers of rules.
CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE papers (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    kind TEXT NOT NULL,
    type TEXT,
    number TEXT,
    date TEXT,
    title TEXT,
    signatories TEXT,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (document, paper)
) WITHOUT ROWID;
CREATE INDEX papers_by_number ON papers (number) WHERE number IS NOT NULL;

-- `marker` and `title` only where they do not stand word for word in the text; the view headings has them in any case.
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    section INTEGER NOT NULL,
    parent INTEGER,
    level INTEGER NOT NULL,
    kind INTEGER NOT NULL REFERENCES terms (id),
    marker TEXT,
    marker_length INTEGER,
    title TEXT,
    title_from INTEGER,
    title_length INTEGER,
    topic INTEGER REFERENCES terms (id),
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    extent INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES terms (id),
    PRIMARY KEY (document, section)
) WITHOUT ROWID;

-- What is cited: one row for one document of the world, where number or name, date and issuer are the same.
CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    type TEXT,
    number TEXT,
    name TEXT,
    year INTEGER,
    date TEXT,
    issuer TEXT,
    key TEXT
);
CREATE INDEX acts_by_number ON acts (number) WHERE number IS NOT NULL;
CREATE INDEX acts_by_name ON acts (name) WHERE name IS NOT NULL;
CREATE INDEX acts_by_key ON acts (key) WHERE key IS NOT NULL;

CREATE TABLE citations (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    citation INTEGER NOT NULL,
    act INTEGER NOT NULL REFERENCES acts (id),
    subject TEXT,
    subject_from INTEGER,
    subject_length INTEGER,
    pinpoints TEXT,
    role INTEGER NOT NULL REFERENCES terms (id),
    relation INTEGER REFERENCES terms (id),
    section INTEGER,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES terms (id),
    PRIMARY KEY (document, citation)
) WITHOUT ROWID;
CREATE INDEX citations_by_act ON citations (act);

-- `unit` and `label` only where they do not stand word for word in the text; the view quantities has them in any case.
CREATE TABLE findings (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    finding INTEGER NOT NULL,
    kind INTEGER NOT NULL REFERENCES terms (id),
    value NUMERIC NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES terms (id),
    section INTEGER,
    unit_from INTEGER,
    unit_length INTEGER,
    label_from INTEGER,
    label_length INTEGER,
    status INTEGER REFERENCES terms (id),
    qualifier INTEGER REFERENCES terms (id),
    change INTEGER REFERENCES terms (id),
    of NUMERIC,
    unit TEXT,
    label TEXT,
    per TEXT,
    PRIMARY KEY (document, finding)
) WITHOUT ROWID;

CREATE TABLE signatories (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    signatory INTEGER NOT NULL,
    name TEXT,
    position TEXT,
    authority TEXT,
    acting_for TEXT,
    on_behalf_of TEXT,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES terms (id),
    PRIMARY KEY (document, signatory)
) WITHOUT ROWID;

-- Recipients (Nơi nhận) and addressees (Kính gửi).
CREATE TABLE recipients (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    recipient INTEGER NOT NULL,
    addressed INTEGER NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT,
    archive INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES terms (id),
    PRIMARY KEY (document, recipient)
) WITHOUT ROWID;

-- What a reviewer should look at. What each code means stands in the documentation; its message is the extractor's.
CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    diagnostic INTEGER NOT NULL,
    code INTEGER NOT NULL REFERENCES terms (id),
    severity INTEGER NOT NULL REFERENCES terms (id),
    start INTEGER,
    length INTEGER,
    suggestion TEXT,
    PRIMARY KEY (document, diagnostic)
) WITHOUT ROWID;

-- Full text, folded (no marks, no case, đ as d); and the distinct words that bear marks, to put exact hits first.
CREATE VIRTUAL TABLE words USING fts5 (
    title, headings, body, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE marked USING fts5 (
    words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);

-- Larger pieces are written at a time: fewer to be merged.
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);

-- What was read, in words.
CREATE VIEW headings AS
SELECT t.document, t.section, t.parent, t.level, (SELECT name FROM terms WHERE id = t.kind) AS kind,
    coalesce(t.marker, replace(substr(d.text, t.start + 1, t.marker_length), char(10), ' '), '') AS marker,
    coalesce(t.title, replace(substr(d.text, t.start + t.title_from + 1, t.title_length), char(10), ' '), '') AS title,
    (SELECT name FROM terms WHERE id = t.topic) AS topic, t.start, t.start + t.length AS end, t.start + t.extent AS extent_end,
    (SELECT name FROM terms WHERE id = t.rule) AS rule
FROM sections AS t JOIN documents AS d ON d.id = t.document;

CREATE VIEW quantities AS
SELECT t.document, t.finding, (SELECT name FROM terms WHERE id = t.kind) AS kind, t.value, t.of,
    coalesce(t.unit, replace(substr(d.text, t.start + t.unit_from + 1, t.unit_length), char(10), ' ')) AS unit,
    coalesce(t.label, replace(substr(d.text, t.start + t.label_from + 1, t.label_length), char(10), ' ')) AS label,
    t.per, (SELECT name FROM terms WHERE id = t.status) AS status,
    (SELECT name FROM terms WHERE id = t.qualifier) AS qualifier,
    (SELECT name FROM terms WHERE id = t.change) AS change, t.section,
    substr(d.text, t.start + 1, t.length) AS raw, t.start, t.start + t.length AS end,
    (SELECT name FROM terms WHERE id = t.rule) AS rule
FROM findings AS t JOIN documents AS d ON d.id = t.document;

CREATE VIEW cited AS
SELECT t.document, t.citation, a.type, a.number, a.name, a.year, a.date, a.issuer,
    coalesce(t.subject, replace(substr(d.text, t.start + t.subject_from + 1, t.subject_length), char(10), ' ')) AS subject,
    t.pinpoints,
    (SELECT name FROM terms WHERE id = t.role) AS role, (SELECT name FROM terms WHERE id = t.relation) AS relation,
    a.key, t.section, substr(d.text, t.start + 1, t.length) AS raw, t.start, t.start + t.length AS end,
    (SELECT name FROM terms WHERE id = t.rule) AS rule
FROM citations AS t JOIN acts AS a ON a.id = t.act JOIN documents AS d ON d.id = t.document;

CREATE VIEW remarks AS
SELECT t.document, t.diagnostic, (SELECT name FROM terms WHERE id = t.code) AS code, (SELECT name FROM terms WHERE id = t.severity) AS severity,
    t.suggestion, substr(d.text, t.start + 1, t.length) AS raw, t.start, t.start + t.length AS end
FROM diagnostics AS t JOIN documents AS d ON d.id = t.document;

-- The archive database, version 3. Places count code points of texts.text: what was read is
-- substr(text, start + 1, length). To keep the file small, rows say `length` and not the end, what stands near a fact is
-- placed from the fact's own start, and what many rows have in common (kind, state, unit, rule) is one row of a table of
-- forms. The views show all of it in words.

CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What read the documents: the extractor and the hash of its rules.
CREATE TABLE readers (
    id INTEGER PRIMARY KEY,
    extractor TEXT NOT NULL,
    rules TEXT NOT NULL,
    UNIQUE (extractor, rules)
);

-- What was read: one row for one content, however many files hold it. `searchable`: 0 for what is secret and left out of
-- the full text.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    reader INTEGER NOT NULL REFERENCES readers (id),
    searchable INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    chars INTEGER NOT NULL,
    pages INTEGER,
    fingerprint INTEGER NOT NULL,
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
    key TEXT
);
CREATE INDEX documents_by_key ON documents (key) WHERE key IS NOT NULL;
CREATE INDEX documents_by_year ON documents (year, type);
CREATE INDEX documents_by_number ON documents (number) WHERE number IS NOT NULL;
CREATE INDEX documents_by_date ON documents (date);

-- The whole text of each document, apart so that the rest is read quickly. `source`: how it was come by, as JSON.
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    text TEXT NOT NULL
);

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

-- The papers of a file that holds several; one that stands alone is its document.
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

-- What headings have in common.
CREATE TABLE section_forms (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    topic TEXT
);
CREATE INDEX section_forms_by_rule ON section_forms (rule, kind);

-- `marker` and `title` only where they do not stand word for word in the text; the view headings has them in any case.
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    section INTEGER NOT NULL,
    form INTEGER NOT NULL REFERENCES section_forms (id),
    parent INTEGER,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    extent INTEGER NOT NULL,
    marker_length INTEGER,
    title_from INTEGER,
    title_length INTEGER,
    marker TEXT,
    title TEXT,
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

-- What citations have in common.
CREATE TABLE citation_forms (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    role TEXT NOT NULL,
    relation TEXT
);
CREATE INDEX citation_forms_by_rule ON citation_forms (rule, role);

-- `subject` only where it does not stand word for word in the text; the view cited has it in any case.
CREATE TABLE citations (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    citation INTEGER NOT NULL,
    form INTEGER NOT NULL REFERENCES citation_forms (id),
    act INTEGER NOT NULL REFERENCES acts (id),
    section INTEGER,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    subject_from INTEGER,
    subject_length INTEGER,
    subject TEXT,
    pinpoints TEXT,
    PRIMARY KEY (document, citation)
) WITHOUT ROWID;
CREATE INDEX citations_by_act ON citations (act);

-- What quantities have in common.
CREATE TABLE finding_forms (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    unit TEXT,
    kind TEXT NOT NULL,
    status TEXT,
    qualifier TEXT,
    change TEXT,
    per TEXT,
    as_of TEXT,
    period TEXT
);
CREATE INDEX finding_forms_by_unit ON finding_forms (unit, rule);

-- `label` only where it does not stand word for word in the text; the view quantities has it in any case.
CREATE TABLE findings (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    finding INTEGER NOT NULL,
    form INTEGER NOT NULL REFERENCES finding_forms (id),
    value NUMERIC NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    section INTEGER,
    label_from INTEGER,
    label_length INTEGER,
    label TEXT,
    of NUMERIC,
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
    rule TEXT NOT NULL,
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
    rule TEXT NOT NULL,
    PRIMARY KEY (document, recipient)
) WITHOUT ROWID;

-- What a reviewer should look at. What each code means stands in the documentation; its message is the extractor's.
CREATE TABLE diagnostic_forms (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    severity TEXT NOT NULL
);
CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    diagnostic INTEGER NOT NULL,
    form INTEGER NOT NULL REFERENCES diagnostic_forms (id),
    start INTEGER,
    length INTEGER,
    suggestion TEXT,
    PRIMARY KEY (document, diagnostic)
) WITHOUT ROWID;

-- Full text, folded (no marks, no case, đ as d). `facets`: type, year, issuer's words and the years of the period, each behind
-- a private-use letter that no word has (U+E000 to U+E003), so that a search with a filter reads little else.
-- The rows of the full text stand in the order of the documents' dates, the newest first, so that a search reads no more than
-- it shows: the document of a row is `rowid & 4294967295`.
CREATE VIRTUAL TABLE words USING fts5 (
    body, facets, content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- The same of titles and headings, whose words put a document first. `facets` has the words of the title once more, behind
-- U+E004: they are few, and found without going through the headings.
CREATE VIRTUAL TABLE heads USING fts5 (
    title, headings, facets, content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- The distinct words that bear marks, and the facets, to put exact hits first.
CREATE VIRTUAL TABLE marked USING fts5 (
    words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);

-- Many pieces are merged at once: each word is copied less often.
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432), ('automerge', 64), ('crisismerge', 128);
INSERT INTO heads (heads, rank) VALUES ('hashsize', 8388608), ('automerge', 64), ('crisismerge', 128);
INSERT INTO marked (marked, rank) VALUES ('hashsize', 8388608), ('automerge', 64), ('crisismerge', 128);

-- What was read, in words.
CREATE VIEW headings AS
SELECT t.document, t.section, t.parent, f.level, f.kind,
    coalesce(t.marker, replace(substr(d.text, t.start + 1, t.marker_length), char(10), ' '), '') AS marker,
    coalesce(t.title, replace(substr(d.text, t.start + t.title_from + 1, t.title_length), char(10), ' '), '') AS title,
    f.topic, t.start, t.start + t.length AS end, t.start + t.extent AS extent_end, f.rule
FROM sections AS t JOIN section_forms AS f ON f.id = t.form JOIN texts AS d ON d.document = t.document;

CREATE VIEW quantities AS
SELECT t.document, t.finding, f.kind, t.value, t.of, f.unit,
    coalesce(t.label, replace(substr(d.text, t.start + t.label_from + 1, t.label_length), char(10), ' ')) AS label,
    f.per, f.status, f.qualifier, f.change, f.as_of, f.period, t.section,
    substr(d.text, t.start + 1, t.length) AS raw, t.start, t.start + t.length AS end, f.rule
FROM findings AS t JOIN finding_forms AS f ON f.id = t.form JOIN texts AS d ON d.document = t.document;

CREATE VIEW cited AS
SELECT t.document, t.citation, a.type, a.number, a.name, a.year, a.date, a.issuer,
    coalesce(t.subject, replace(substr(d.text, t.start + t.subject_from + 1, t.subject_length), char(10), ' ')) AS subject,
    t.pinpoints, f.role, f.relation,
    a.key, t.section, substr(d.text, t.start + 1, t.length) AS raw, t.start, t.start + t.length AS end, f.rule
FROM citations AS t JOIN citation_forms AS f ON f.id = t.form JOIN acts AS a ON a.id = t.act
    JOIN texts AS d ON d.document = t.document;

CREATE VIEW remarks AS
SELECT t.document, t.diagnostic, f.code, f.severity,
    t.suggestion, substr(d.text, t.start + 1, t.length) AS raw, t.start, t.start + t.length AS end
FROM diagnostics AS t JOIN diagnostic_forms AS f ON f.id = t.form JOIN texts AS d ON d.document = t.document;

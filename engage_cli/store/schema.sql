-- The journal: one SQLite file that remembers itself.
--
-- Facts are stored, status is computed. Names ending in _on are local days (2026-11-20), in _at moments in
-- UTC (2026-11-20T09:15:00Z), in _id keys of another table, beginning with is_ truths (0 or 1). Numbers are
-- for people and are never given out twice; a uid is for machines, so that copies of a journal can meet.
-- The triggers that keep the history, the numbers and the search index are generated from these tables
-- (triggers.py). Foreign keys are deferred and delete nothing: deletions are written out, so that history sees them.

-- What the journal remembers about itself --------------------------------------------------------------------

CREATE TABLE meta (                          -- 'journal': the random name of this journal
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tables (                        -- what changes.table_id means
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE actions (                       -- one for each command that changed something
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  command TEXT NOT NULL,                     -- 'log', 'promise kept': never the words typed, never a name
  at TEXT NOT NULL,
  author TEXT NOT NULL DEFAULT '',
  device TEXT NOT NULL DEFAULT '',           -- random, from the state folder; for display only
  origin TEXT NOT NULL DEFAULT 'here' CHECK (origin IN ('here', 'sync', 'restore')),
  undoes_id INTEGER REFERENCES actions(id),  -- the action that this one took back
  is_back INTEGER NOT NULL DEFAULT 0 CHECK (is_back IN (0, 1)),    -- took back what was then the last thing standing
  is_sealed INTEGER NOT NULL DEFAULT 0 CHECK (is_sealed IN (0, 1)) -- can no longer be taken back
) STRICT;
CREATE INDEX actions_undoes ON actions(undoes_id) WHERE undoes_id IS NOT NULL;

CREATE TABLE doing (                         -- one row inside a writing transaction, none outside
  one INTEGER PRIMARY KEY CHECK (one = 1),
  action_id INTEGER NOT NULL REFERENCES actions(id),
  is_quiet INTEGER NOT NULL DEFAULT 0 CHECK (is_quiet IN (0, 1)),  -- forget, rebuild: no history
  is_bulk INTEGER NOT NULL DEFAULT 0 CHECK (is_bulk IN (0, 1))     -- import: the search index is filled at the end
) STRICT;

CREATE TABLE changes (                       -- + made (identity only), ~ changed (those columns), - removed (whole row)
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action_id INTEGER NOT NULL REFERENCES actions(id),
  table_id INTEGER NOT NULL REFERENCES tables(id),
  row_id INTEGER NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('+', '~', '-')),
  old TEXT,
  new TEXT,
  CHECK ((op = '+') = (old IS NULL) AND (op = '~') = (new IS NOT NULL))
) STRICT;
CREATE INDEX changes_action ON changes(action_id);
CREATE INDEX changes_row ON changes(row_id, table_id);
CREATE INDEX changes_whose ON changes(json_extract(old, '$.contact_id')) WHERE old IS NOT NULL;

CREATE TABLE erased (                        -- uids of what was forgotten for good
  uid TEXT PRIMARY KEY,
  table_id INTEGER NOT NULL REFERENCES tables(id),
  erased_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- People and organisations -----------------------------------------------------------------------------------

CREATE TABLE types (                         -- prototype customers whose shifts are tracked together
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  name TEXT NOT NULL CHECK (name <> ''),
  about TEXT,
  needs TEXT,                                -- what such customers usually need
  expects TEXT,                              -- and usually expect
  every_days INTEGER CHECK (every_days >= 0)
) STRICT;

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  handle TEXT NOT NULL CHECK (handle GLOB '[a-z]*' AND handle NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL CHECK (name <> ''),
  type_id INTEGER REFERENCES types(id) DEFERRABLE INITIALLY DEFERRED,
  customer_since TEXT CHECK (date(customer_since) IS customer_since),  -- NULL: a plain contact
  every_days INTEGER CHECK (every_days >= 0),                          -- NULL: inherit; 0: never, decided
  first_due_on TEXT CHECK (date(first_due_on) IS first_due_on),        -- spread at import, until the first conversation
  snoozed_until TEXT CHECK (date(snoozed_until) IS snoozed_until),
  archived_on TEXT CHECK (date(archived_on) IS archived_on),
  archived_why TEXT,
  birthday TEXT CHECK (date(birthday) IS birthday OR birthday GLOB '--[01][0-9]-[0-3][0-9]'),
  note TEXT,
  merged_into_id INTEGER REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX contacts_handle ON contacts(handle);  -- unique by trigger: a UNIQUE could not be undone in any order
CREATE INDEX contacts_customer ON contacts(customer_since) WHERE customer_since IS NOT NULL;
CREATE INDEX contacts_type ON contacts(type_id) WHERE type_id IS NOT NULL;
CREATE INDEX contacts_merged ON contacts(merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE aliases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  alias TEXT NOT NULL CHECK (alias <> ''),
  UNIQUE (contact_id, alias)
) STRICT;

CREATE TABLE emails (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  email TEXT NOT NULL CHECK (email <> ''),
  UNIQUE (contact_id, email)
) STRICT;

CREATE TABLE phones (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  phone TEXT NOT NULL CHECK (phone <> ''),
  UNIQUE (contact_id, phone)
) STRICT;

CREATE TABLE tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  tag TEXT NOT NULL CHECK (tag <> ''),
  UNIQUE (contact_id, tag)
) STRICT;

CREATE TABLE memberships (                   -- who works where, as what, from when to when
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  organisation_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT,
  since_on TEXT CHECK (date(since_on) IS since_on),
  until_on TEXT CHECK (date(until_on) IS until_on),
  CHECK (contact_id <> organisation_id)
) STRICT;
CREATE INDEX memberships_contact ON memberships(contact_id);
CREATE INDEX memberships_organisation ON memberships(organisation_id, contact_id, since_on, until_on);

CREATE TABLE introductions (                 -- contact_id is whom we met, through introducer_id
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  introducer_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  words TEXT,
  introduced_on TEXT NOT NULL CHECK (date(introduced_on) IS introduced_on),
  thanked_on TEXT CHECK (date(thanked_on) IS thanked_on),
  CHECK (contact_id <> introducer_id)
) STRICT;
CREATE INDEX introductions_contact ON introductions(contact_id);
CREATE INDEX introductions_introducer ON introductions(introducer_id);

CREATE TABLE sources (                       -- where an imported row came from, so that it is known again
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,                        -- 'vcard'
  key TEXT NOT NULL,                         -- 'uid:...' as the other program names it, or 'sha256:...' of the text
  UNIQUE (kind, key),
  CHECK ((contact_id IS NULL) <> (conversation_id IS NULL))
) STRICT;
CREATE INDEX sources_contact ON sources(contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX sources_conversation ON sources(conversation_id) WHERE conversation_id IS NOT NULL;

-- Conversations ----------------------------------------------------------------------------------------------

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  happened_on TEXT NOT NULL CHECK (date(happened_on) IS happened_on),  -- the day as the user lived it
  happened_at TEXT,                                                    -- where a time is known: the moment
  zone TEXT,                                                           -- and the IANA zone it was lived in
  channel TEXT NOT NULL CHECK (channel IN ('call', 'video', 'in-person', 'email', 'chat', 'post', 'note')),
  is_reached INTEGER NOT NULL DEFAULT 1 CHECK (is_reached IN (0, 1)),
  is_touch INTEGER NOT NULL GENERATED ALWAYS AS (channel <> 'note' AND is_reached) STORED,
  started_by TEXT CHECK (started_by IN ('me', 'them')),
  minutes INTEGER CHECK (minutes > 0),
  is_private INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  next_on TEXT CHECK (date(next_on) IS next_on),                       -- --next: the day to talk again
  CHECK ((happened_at IS NULL) = (zone IS NULL)),
  UNIQUE (id, happened_on, is_touch)
) STRICT;
-- It holds all that stats counts, so that a year is counted without reading a single note.
CREATE INDEX conversations_day ON conversations(happened_on, channel, is_reached, started_by, minutes);

CREATE TABLE participants (                  -- the day and whether it counts stand here too, kept true by the foreign
  id INTEGER PRIMARY KEY AUTOINCREMENT,      -- key, so that "last in touch" of anyone is one index seek
  conversation_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL DEFAULT 'with' CHECK (role IN ('with', 'about')),
  happened_on TEXT NOT NULL,
  is_touch INTEGER NOT NULL,
  UNIQUE (conversation_id, contact_id),
  FOREIGN KEY (conversation_id, happened_on, is_touch) REFERENCES conversations(id, happened_on, is_touch)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX participants_last ON participants(contact_id, role, is_touch, happened_on, conversation_id);

-- Signals: what a conversation brought up that must not be lost ----------------------------------------------

CREATE TABLE apologies (                     -- something that went wrong on our side
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  promise_id INTEGER REFERENCES promises(id) DEFERRABLE INITIALLY DEFERRED,  -- the promise that was broken
  words TEXT NOT NULL CHECK (words <> ''),
  cause TEXT,
  impact TEXT,                               -- on them
  remedy TEXT,
  prevent TEXT,
  owed_on TEXT NOT NULL CHECK (date(owed_on) IS owed_on),
  said_on TEXT CHECK (date(said_on) IS said_on),
  said_words TEXT,
  fixed_on TEXT CHECK (date(fixed_on) IS fixed_on),
  fixed_words TEXT,
  confirmed_on TEXT CHECK (date(confirmed_on) IS confirmed_on),
  confirmed_words TEXT,
  dropped_on TEXT CHECK (date(dropped_on) IS dropped_on),
  dropped_why TEXT
) STRICT;
CREATE INDEX apologies_contact ON apologies(contact_id);
CREATE INDEX apologies_owed ON apologies(owed_on);  -- the apologies of a year
CREATE INDEX apologies_closed ON apologies(max(said_on, fixed_on)) WHERE dropped_on IS NULL;  -- those of this week
CREATE INDEX apologies_conversation ON apologies(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX apologies_promise ON apologies(promise_id) WHERE promise_id IS NOT NULL;
CREATE INDEX apologies_open ON apologies(owed_on)
  WHERE dropped_on IS NULL AND (said_on IS NULL OR fixed_on IS NULL);

CREATE TABLE promises (                      -- what one side said it would do
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  side TEXT NOT NULL CHECK (side IN ('me', 'them')),
  words TEXT NOT NULL CHECK (words <> ''),
  made_on TEXT NOT NULL CHECK (date(made_on) IS made_on),
  kept_on TEXT CHECK (date(kept_on) IS kept_on),
  kept_words TEXT,
  broken_on TEXT CHECK (date(broken_on) IS broken_on),
  broken_words TEXT,
  circumstances TEXT,                        -- where they broke it: how it came about
  taken TEXT,                                -- and how we took it
  dropped_on TEXT CHECK (date(dropped_on) IS dropped_on),
  dropped_why TEXT,
  CHECK ((kept_on IS NOT NULL) + (broken_on IS NOT NULL) + (dropped_on IS NOT NULL) <= 1)
) STRICT;
CREATE INDEX promises_contact ON promises(contact_id);
CREATE INDEX promises_made ON promises(made_on);  -- the promises of a year
CREATE INDEX promises_conversation ON promises(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX promises_open ON promises(side) WHERE kept_on IS NULL AND broken_on IS NULL AND dropped_on IS NULL;
CREATE INDEX promises_kept ON promises(kept_on) WHERE kept_on IS NOT NULL;

CREATE TABLE due_dates (                     -- every date a promise had; the last one counts
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  promise_id INTEGER NOT NULL REFERENCES promises(id) DEFERRABLE INITIALLY DEFERRED,
  due_on TEXT NOT NULL CHECK (date(due_on) IS due_on),
  set_on TEXT NOT NULL CHECK (date(set_on) IS set_on),
  asked_by TEXT NOT NULL CHECK (asked_by IN ('me', 'them')),
  why TEXT
) STRICT;
CREATE INDEX due_dates_promise ON due_dates(promise_id);

CREATE TABLE expectations (                  -- what they expect on one topic; a newer statement supersedes
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  topic TEXT NOT NULL CHECK (topic <> ''),
  words TEXT NOT NULL CHECK (words <> ''),
  before TEXT,                               -- what it was, as stated, where nothing was stored yet
  heard_on TEXT NOT NULL CHECK (date(heard_on) IS heard_on),
  recorded_at TEXT NOT NULL,                 -- so that a back-dated statement does not rewrite what a review saw
  answer TEXT CHECK (answer IN ('agreed', 'adapted', 'declined')),
  answered_on TEXT CHECK (date(answered_on) IS answered_on),
  answer_words TEXT,
  CHECK ((answer IS NULL) = (answered_on IS NULL))
) STRICT;
CREATE INDEX expectations_contact ON expectations(contact_id, heard_on);
CREATE INDEX expectations_heard ON expectations(heard_on);  -- what was expected within a period
CREATE INDEX expectations_conversation ON expectations(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX expectations_unanswered ON expectations(contact_id) WHERE answer IS NULL;
CREATE INDEX expectations_recorded ON expectations(recorded_at);

CREATE TABLE insights (                      -- what we learnt about them, in their voice
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('matters', 'doing', 'why', 'feels', 'verbatim', 'decided')),
  level INTEGER CHECK (level BETWEEN 1 AND 5),                 -- feels: 5 great, 4 good, 3 ok, 2 uneasy, 1 upset
  words TEXT NOT NULL,
  heard_on TEXT NOT NULL CHECK (date(heard_on) IS heard_on),
  CHECK (level IS NULL OR kind = 'feels'),
  CHECK (words <> '' OR level IS NOT NULL)
) STRICT;
CREATE INDEX insights_contact ON insights(contact_id, kind, heard_on);
CREATE INDEX insights_conversation ON insights(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX insights_heard ON insights(kind, heard_on);

CREATE TABLE needs (                         -- what they need; each is decided
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  words TEXT NOT NULL CHECK (words <> ''),
  topic TEXT,
  heard_on TEXT NOT NULL CHECK (date(heard_on) IS heard_on),
  decision TEXT CHECK (decision IN ('answered', 'later', 'declined')),
  decided_on TEXT CHECK (date(decided_on) IS decided_on),
  decided_words TEXT,
  until_on TEXT CHECK (date(until_on) IS until_on),            -- later: when to look again
  done_on TEXT CHECK (date(done_on) IS done_on),
  done_words TEXT,
  CHECK ((decision IS NULL) = (decided_on IS NULL))
) STRICT;
CREATE INDEX needs_contact ON needs(contact_id);
CREATE INDEX needs_heard ON needs(heard_on);  -- what was needed within a period
CREATE INDEX needs_conversation ON needs(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX needs_open ON needs(heard_on) WHERE decision IS NULL OR decision = 'later';

CREATE TABLE conflicts (                     -- open until resolved together
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  words TEXT NOT NULL CHECK (words <> ''),
  heard_on TEXT NOT NULL CHECK (date(heard_on) IS heard_on),
  resolved_on TEXT CHECK (date(resolved_on) IS resolved_on),
  resolution TEXT,                           -- what was agreed
  dropped_on TEXT CHECK (date(dropped_on) IS dropped_on),
  dropped_why TEXT
) STRICT;
CREATE INDEX conflicts_contact ON conflicts(contact_id);
CREATE INDEX conflicts_conversation ON conflicts(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX conflicts_open ON conflicts(heard_on) WHERE resolved_on IS NULL AND dropped_on IS NULL;

CREATE TABLE steers (                        -- course-corrections they gave us
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  contact_id INTEGER NOT NULL REFERENCES contacts(id) DEFERRABLE INITIALLY DEFERRED,
  conversation_id INTEGER REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED,
  words TEXT NOT NULL CHECK (words <> ''),
  heard_on TEXT NOT NULL CHECK (date(heard_on) IS heard_on),
  answer TEXT CHECK (answer IN ('accepted', 'declined')),
  answered_on TEXT CHECK (date(answered_on) IS answered_on),
  answer_words TEXT,
  done_on TEXT CHECK (date(done_on) IS done_on),
  done_words TEXT,
  CHECK ((answer IS NULL) = (answered_on IS NULL))
) STRICT;
CREATE INDEX steers_contact ON steers(contact_id);
CREATE INDEX steers_conversation ON steers(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX steers_open ON steers(heard_on) WHERE answer IS NOT 'declined' AND done_on IS NULL;

-- The week ---------------------------------------------------------------------------------------------------

CREATE TABLE reviews (                       -- weeks looked over to the end
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
  since_on TEXT NOT NULL CHECK (date(since_on) IS since_on),
  reviewed_on TEXT NOT NULL CHECK (date(reviewed_on) IS reviewed_on),
  reviewed_at TEXT NOT NULL
) STRICT;

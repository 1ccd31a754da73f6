import GRDB

/// The tables of a run (Documentation/Journal.md) and their named migrations, which are never edited.
enum Schema {
  /// `FunS`, in the header of every journal.
  static let applicationID = 0x4675_6E53

  /// The format this version writes; kept as `user_version`.
  static let version = 3

  /// Migrations from an empty file to ``version``, in order.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("format 1: run, body, founder, step, reset, founding, claim, artifact, event")
    {
      try $0.execute(sql: format1)
      try $0.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
    }
    migrator.registerMigration("format 2: refutation") {
      try $0.execute(sql: format2)
      try $0.execute(sql: "UPDATE run SET value = '2' WHERE key = 'format'; PRAGMA user_version = 2")
    }
    migrator.registerMigration("format 3: model_request, model_call") {
      try $0.execute(sql: format3)
      try $0.execute(sql: "UPDATE run SET value = '3' WHERE key = 'format'; PRAGMA user_version = 3")
    }
    return migrator
  }

  /// A cost is of type ANY as totals are.
  private static let format3 = """
    CREATE TABLE model_request (
      id INTEGER PRIMARY KEY,
      json TEXT NOT NULL
    ) STRICT;

    CREATE TABLE model_call (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL CHECK (length(key) = 64),
      island INTEGER NOT NULL CHECK (island >= 0),
      step INTEGER NOT NULL CHECK (step >= 0),
      attempt INTEGER NOT NULL CHECK (attempt >= 0),
      model TEXT NOT NULL CHECK (model <> ''),
      request INTEGER NOT NULL REFERENCES model_request (id),
      state TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'failed', 'refused', 'lost')),
      taken_from TEXT,
      text TEXT CHECK ((text IS NOT NULL) = (state = 'answered')),
      thoughts TEXT,
      finish TEXT CHECK ((finish IS NOT NULL) = (state = 'answered')),
      version TEXT,
      error TEXT CHECK (state IN ('lost', 'asked') OR (error IS NOT NULL) = (state IN ('failed', 'refused'))),
      message TEXT,
      tokens_prompt INTEGER NOT NULL,
      tokens_cached INTEGER NOT NULL,
      tokens_output INTEGER NOT NULL,
      tokens_thought INTEGER NOT NULL,
      estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),
      cost ANY CHECK (typeof(cost) IN ('real', 'null')),
      wait_microseconds INTEGER NOT NULL,
      wall_time REAL NOT NULL
    ) STRICT;

    CREATE UNIQUE INDEX model_call_of_key ON model_call (key) WHERE state IN ('answered', 'failed');
    """

  private static let format2 = """
    CREATE TABLE refutation (
      program INTEGER PRIMARY KEY CHECK (program > 0),
      total ANY NOT NULL CHECK (typeof(total) = 'real'),
      scores TEXT NOT NULL,
      behaviour TEXT
    ) STRICT;
    """

  /// Totals are of type ANY since a column of type REAL turns -0.0 into 0.0.
  private static let format1 = """
    CREATE TABLE run (
      key TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE body (
      id INTEGER PRIMARY KEY,
      hash BLOB NOT NULL CHECK (length(hash) = 16),
      previous INTEGER REFERENCES body (id) CHECK (previous < id),
      tree BLOB NOT NULL,
      support BLOB NOT NULL,
      source TEXT NOT NULL
    ) STRICT;

    CREATE TABLE founder (
      program INTEGER PRIMARY KEY CHECK (program = 0),
      sequence INTEGER NOT NULL UNIQUE CHECK (sequence > 0),
      body INTEGER NOT NULL REFERENCES body (id),
      total ANY NOT NULL CHECK (typeof(total) = 'real'),
      scores TEXT NOT NULL,
      behaviour TEXT
    ) STRICT;

    CREATE TABLE step (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      program INTEGER NOT NULL UNIQUE CHECK (program > 0),
      island INTEGER NOT NULL CHECK (island >= 0),
      step INTEGER NOT NULL CHECK (step >= 0),
      epoch INTEGER NOT NULL CHECK (epoch >= 0),
      redraws INTEGER NOT NULL CHECK (redraws >= 0),
      parents TEXT NOT NULL,
      operators TEXT NOT NULL,
      body INTEGER NOT NULL REFERENCES body (id),
      outcome TEXT NOT NULL CHECK (outcome <> ''),
      total ANY CHECK (typeof(total) = iif(outcome = 'scored', 'real', 'null')),
      scores TEXT CHECK ((scores IS NOT NULL) = (outcome = 'scored')),
      behaviour TEXT CHECK (behaviour IS NULL OR outcome = 'scored'),
      message TEXT CHECK ((message IS NULL) = (outcome = 'scored')),
      line INTEGER,
      input INTEGER,
      limit_passed TEXT,
      reused INTEGER NOT NULL CHECK (reused IN (0, 1)),
      registration TEXT NOT NULL CHECK (registration <> ''),
      cpu_microseconds INTEGER NOT NULL,
      wall_microseconds INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE reset (
      epoch INTEGER PRIMARY KEY CHECK (epoch >= 0),
      sequence INTEGER NOT NULL UNIQUE CHECK (sequence > 0)
    ) STRICT;

    CREATE TABLE founding (
      epoch INTEGER NOT NULL REFERENCES reset (epoch),
      place INTEGER NOT NULL CHECK (place >= 0),
      island INTEGER NOT NULL CHECK (island >= 0),
      survivor INTEGER CHECK (survivor >= 0),
      founder INTEGER NOT NULL CHECK (founder >= 0),
      PRIMARY KEY (epoch, place),
      UNIQUE (epoch, island)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE claim (
      program INTEGER PRIMARY KEY CHECK (program >= 0),
      verified INTEGER NOT NULL CHECK (verified IN (0, 1))
    ) STRICT;

    CREATE TABLE artifact (
      program INTEGER NOT NULL REFERENCES claim (program),
      input INTEGER NOT NULL CHECK (input >= 0),
      json TEXT NOT NULL,
      UNIQUE (program, input)
    ) STRICT;

    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind <> ''),
      sequence INTEGER NOT NULL CHECK (sequence >= 0),
      wall_time REAL NOT NULL,
      detail TEXT NOT NULL,
      digest TEXT
    ) STRICT;
    """
}

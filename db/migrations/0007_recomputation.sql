-- A change of a calendar or of the law counted through the open cases: who ordered it and why, and which dates moved.

-- A run that was cut off goes on after the case it came to; one under another law than today's never does.
CREATE TABLE recomputation (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	why VARCHAR(1000) NOT NULL,
	law_hash CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'SHA-256 of the calendars and regimes counted by',
	started_by BIGINT NULL REFERENCES person (id) ON DELETE SET NULL,
	starter VARCHAR(200) NULL COMMENT 'the name as it was then',
	started_at DATETIME(6) NOT NULL,
	finished_at DATETIME(6) NULL,
	last_case BIGINT NOT NULL DEFAULT 0 COMMENT 'the case it came to, in order of id',
	cases INT NOT NULL DEFAULT 0 COMMENT 'looked at',
	moved INT NOT NULL DEFAULT 0,
	needs_person INT NOT NULL DEFAULT 0,
	failed INT NOT NULL DEFAULT 0,
	KEY recomputation_of (law_hash, finished_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A case whose dates moved, or that somebody has to look at: nothing was changed in that one.
CREATE TABLE recomputation_case (
	recomputation_id BIGINT NOT NULL REFERENCES recomputation (id),
	case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
	outcome VARCHAR(16) NOT NULL COMMENT 'moved, needs_person, failed',
	case_version BIGINT NOT NULL COMMENT 'of the case after the move',
	terms LONGTEXT NOT NULL COMMENT 'JSON: [{term, before, after}]',
	reason VARCHAR(1000) NULL COMMENT 'why somebody has to look at it',
	PRIMARY KEY (recomputation_id, case_id),
	KEY recomputation_case_of (case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Each content of calendars and regimes that a server decided by: so a case can be made anew out of its events
-- after the law has changed.
CREATE TABLE law_text (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	hash CHAR(64) CHARACTER SET ascii NOT NULL UNIQUE,
	content LONGTEXT NOT NULL COMMENT 'JSON: {calendar, calendars, regimes}',
	read_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE event
	ADD COLUMN law_id BIGINT NULL COMMENT 'it was decided by; NULL: before laws were kept' REFERENCES law_text (id);

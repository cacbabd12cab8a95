-- The inbox: cases that somebody watches, the addresses of deadlines for calendars, and lists that are mailed weekly.

CREATE TABLE case_watch (
	person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
	since DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, case_id),
	KEY case_watch_of_case (case_id)
) ENGINE=InnoDB;

-- A person's one address of an iCalendar feed: who knows its secret may read his deadlines.
CREATE TABLE feed (
	person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
	secret_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE COMMENT 'SHA-256 of the secret in the address',
	made_at DATETIME(6) NOT NULL
) ENGINE=InnoDB;

-- When a list of workflows/lists.json is sent next. Its letters are written and the row moved on in one transaction.
CREATE TABLE mail_list (
	name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
	due_on DATE NOT NULL COMMENT 'its day of the week',
	next_at DATETIME(6) NOT NULL COMMENT 'when it is tried: that day, or the working day after it, as the office opens',
	sent_on DATE NULL COMMENT 'the day it was sent for last, mails or none',
	last_error VARCHAR(1000) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

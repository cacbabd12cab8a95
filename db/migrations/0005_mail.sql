-- Mail that belongs to no case, digests and quiet hours, the list of mail given up, and alarms.

ALTER TABLE mail
	MODIFY case_id BIGINT NULL COMMENT 'NULL: a letter, of no case',
	ADD COLUMN not_before DATETIME(6) NULL COMMENT 'automatic mail: when the office opens',
	ADD COLUMN is_urgent TINYINT NOT NULL DEFAULT 0 COMMENT 'not gathered into a digest',
	ADD COLUMN held VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL
		COMMENT 'quiet, digest: waits for its person until next_at; taken: by a worker',
	ADD COLUMN digest_id BIGINT NULL COMMENT 'the mail that it is sent as a line of',
	ADD COLUMN first_address VARCHAR(254) NULL COMMENT 'before it was sent again to another',
	ADD COLUMN resent_by BIGINT NULL COMMENT 'person; the last who had it sent again',
	ADD COLUMN resent_at DATETIME(6) NULL,
	ADD KEY mail_thread (case_id, person_id, id),
	ADD KEY mail_held (person_id, held, id),
	ADD KEY mail_of_digest (digest_id),
	ADD KEY mail_by_state (state, id);

-- How a person wants to be written to; without a row: at once, at any time.
CREATE TABLE preference (
	person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
	digest_minute SMALLINT NULL COMMENT 'of the local day; NULL: each mail for itself',
	quiet_from SMALLINT NULL COMMENT 'minute of the local day',
	quiet_until SMALLINT NULL,
	on_days_off TINYINT NOT NULL DEFAULT 1
) ENGINE=InnoDB;

-- What people must see to, told once until it is over.
CREATE TABLE alarm (
	kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	subject VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
		COMMENT 'what it is about: an id, a post of an agency',
	raised_at DATETIME(6) NOT NULL,
	ended_at DATETIME(6) NULL COMMENT 'NULL: it lasts',
	PRIMARY KEY (kind, subject)
) ENGINE=InnoDB;

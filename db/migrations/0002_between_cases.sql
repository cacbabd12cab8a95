-- Cases that belong together, what approved cases gave, and the processes that open themselves.

ALTER TABLE cases
	MODIFY created_by BIGINT NULL COMMENT 'NULL: opened by another case or by the calendar',
	ADD COLUMN parent_id BIGINT NULL COMMENT 'the case that opened it' REFERENCES cases (id),
	ADD COLUMN about_id BIGINT NULL COMMENT 'the case that its opener named' REFERENCES cases (id),
	ADD KEY cases_by_parent (parent_id, id),
	ADD KEY cases_by_about (about_id, id),
	ADD KEY cases_by_service (workflow, service_id, is_open, id);

-- Only the agencies that may see a case are its parties now (meta.visibility).
DELETE p FROM case_party p JOIN cases c ON c.id = p.case_id
	WHERE c.received_at IS NULL AND p.agency_id <> c.requester_id;

-- What an approved case gave: an account, an agreement. The case that gave it ends it.
CREATE TABLE data_grant (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	case_id BIGINT NOT NULL REFERENCES cases (id),
	kind VARCHAR(16) NOT NULL COMMENT 'account, agreement',
	requester_id BIGINT NOT NULL REFERENCES agency (id),
	owner_id BIGINT NOT NULL REFERENCES agency (id),
	service_id BIGINT NULL REFERENCES service (id),
	reference VARCHAR(300) NOT NULL COMMENT 'name of the account, number of the agreement; never a secret',
	items LONGTEXT NULL COMMENT 'JSON: [item names]',
	valid_until DATE NULL COMMENT 'NULL: no end',
	granted_at DATETIME(6) NOT NULL,
	ended_at DATETIME(6) NULL,
	UNIQUE KEY data_grant_of_case (case_id, kind),
	KEY data_grant_of_requester (requester_id, ended_at, id),
	KEY data_grant_of_owner (owner_id, ended_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- When a workflow next opens itself (meta.schedule). Its case is opened and the row moved on in one transaction.
CREATE TABLE schedule (
	workflow VARCHAR(32) NOT NULL,
	item VARCHAR(16) NOT NULL COMMENT 'its day "08-01"; the second of that day "08-01.2"',
	due_on DATE NOT NULL COMMENT 'the day of the run that comes next',
	next_at DATETIME(6) NOT NULL COMMENT 'when it is tried: that day, or the working day after it',
	last_error VARCHAR(1000) NULL,
	PRIMARY KEY (workflow, item),
	KEY schedule_next (next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE draft
	ADD COLUMN party_code VARCHAR(32) NULL,
	ADD COLUMN about_id BIGINT NULL REFERENCES cases (id);

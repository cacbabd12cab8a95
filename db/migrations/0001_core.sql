-- The core: agencies, people and posts, services, cases with their events, tasks, timers and mail.
-- Instants are DATETIME(6) in UTC. Keys and codes compare byte for byte (utf8mb4_bin), so that "ma"
-- and "má" are two keys. What is searched by people is folded into *_word tables first.

CREATE TABLE agency (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code VARCHAR(32) NOT NULL UNIQUE,
	name_vi VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	kind VARCHAR(16) NOT NULL,
	role VARCHAR(16) NULL UNIQUE COMMENT 'ict, office: what workflows call it besides owner and requester',
	parent_id BIGINT NULL REFERENCES agency (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE person (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	login VARCHAR(64) NOT NULL UNIQUE,
	name VARCHAR(200) NOT NULL,
	email VARCHAR(254) NOT NULL,
	locale VARCHAR(8) NOT NULL DEFAULT 'vi',
	password_hash VARCHAR(128) NULL COMMENT 'argon2id',
	is_active TINYINT NOT NULL DEFAULT 1
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A post that a person holds at an agency between two dates; a substitute's row names whom it stands for.
CREATE TABLE holding (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	agency_id BIGINT NOT NULL REFERENCES agency (id),
	post VARCHAR(16) NOT NULL,
	on_behalf_of BIGINT NULL REFERENCES person (id),
	valid_from DATETIME(6) NOT NULL,
	valid_until DATETIME(6) NULL COMMENT 'NULL: until further notice',
	KEY holding_of_person (person_id, valid_from),
	KEY holding_of_agency (agency_id, post, valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE session (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	secret_hash CHAR(64) CHARACTER SET ascii NOT NULL UNIQUE COMMENT 'SHA-256 of the secret in the cookie',
	address VARCHAR(64) NOT NULL,
	created_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
	expires_at DATETIME(6) NOT NULL,
	revoked_at DATETIME(6) NULL,
	KEY session_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE sign_in_failure (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	subject VARCHAR(128) NOT NULL COMMENT 'login:... or address:...',
	failed_at DATETIME(6) NOT NULL,
	KEY sign_in_failure_of (subject, failed_at),
	KEY sign_in_failure_age (failed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A data-sharing service of the catalogue (Nghị định 47/2020 Điều 24.3).
CREATE TABLE service (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code VARCHAR(32) NOT NULL UNIQUE,
	name VARCHAR(300) NOT NULL,
	owner_id BIGINT NOT NULL REFERENCES agency (id),
	database_name VARCHAR(200) NOT NULL,
	form VARCHAR(16) NOT NULL COMMENT 'open, default, specific',
	items LONGTEXT NOT NULL COMMENT 'JSON: [{"key", "name"}]',
	method VARCHAR(100) NOT NULL,
	protocol VARCHAR(200) NOT NULL,
	authentication VARCHAR(100) NOT NULL,
	limit_text VARCHAR(100) NOT NULL,
	update_frequency VARCHAR(100) NOT NULL,
	use_period VARCHAR(100) NOT NULL,
	personal_data VARCHAR(100) NOT NULL,
	workflow VARCHAR(32) NULL COMMENT 'that a request for it starts'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Folded words and pairs of neighbouring words ("ho", "ho_ngheo"): search without FULLTEXT.
CREATE TABLE service_word (
	word VARCHAR(80) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
	service_id BIGINT NOT NULL REFERENCES service (id),
	PRIMARY KEY (word, service_id)
) ENGINE=InnoDB;

-- Published content of a workflow: never changed, cases are pinned to one.
CREATE TABLE workflow_version (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	workflow VARCHAR(32) NOT NULL,
	content_hash CHAR(64) CHARACTER SET ascii NOT NULL,
	machine LONGTEXT NOT NULL,
	published_at DATETIME(6) NOT NULL,
	UNIQUE KEY workflow_version_content (workflow, content_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The last serial number given, per kind and year.
CREATE TABLE case_number (
	prefix VARCHAR(16) NOT NULL,
	year SMALLINT NOT NULL,
	last INT NOT NULL,
	PRIMARY KEY (prefix, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE cases (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number VARCHAR(40) NOT NULL UNIQUE,
	workflow VARCHAR(32) NOT NULL,
	workflow_version_id BIGINT NOT NULL REFERENCES workflow_version (id),
	regime VARCHAR(32) NOT NULL COMMENT 'in force on the day of receipt',
	calendar VARCHAR(32) NOT NULL,
	requester_id BIGINT NOT NULL REFERENCES agency (id),
	owner_id BIGINT NOT NULL REFERENCES agency (id),
	service_id BIGINT NULL REFERENCES service (id),
	created_by BIGINT NOT NULL REFERENCES person (id),
	title VARCHAR(500) NOT NULL,
	snapshot LONGTEXT NOT NULL COMMENT 'JSON: the statechart''s configuration and history',
	active_states VARCHAR(1000) CHARACTER SET ascii NOT NULL COMMENT 'ids of active leaves, for lists',
	context LONGTEXT NOT NULL COMMENT 'JSON: what guards read as `case`',
	paused LONGTEXT NOT NULL COMMENT 'JSON: time left of terms that resume',
	version BIGINT NOT NULL COMMENT 'number of events so far',
	head_hash CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'hash of the newest event',
	is_open TINYINT NOT NULL,
	outcome VARCHAR(32) NULL,
	created_at DATETIME(6) NOT NULL,
	received_at DATETIME(6) NULL,
	closed_at DATETIME(6) NULL,
	due_at DATETIME(6) NULL,
	KEY cases_by_creator (created_by, id),
	KEY cases_by_due (is_open, due_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which agencies see a case as their own: lists start here, so they need no OR.
CREATE TABLE case_party (
	agency_id BIGINT NOT NULL REFERENCES agency (id),
	case_id BIGINT NOT NULL REFERENCES cases (id),
	PRIMARY KEY (agency_id, case_id),
	KEY case_party_of_case (case_id)
) ENGINE=InnoDB;

CREATE TABLE case_word (
	word VARCHAR(80) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
	case_id BIGINT NOT NULL REFERENCES cases (id),
	PRIMARY KEY (word, case_id)
) ENGINE=InnoDB;

-- What happened: append-only, each row chained to the one before by its hash.
CREATE TABLE event (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	case_id BIGINT NOT NULL REFERENCES cases (id),
	version BIGINT NOT NULL,
	type VARCHAR(200) NOT NULL,
	kind VARCHAR(8) NOT NULL COMMENT 'person, timer, system',
	actor_id BIGINT NULL REFERENCES person (id),
	holding_id BIGINT NULL REFERENCES holding (id),
	actor_name VARCHAR(200) NULL,
	actor_post VARCHAR(16) NULL,
	actor_agency_code VARCHAR(32) NULL,
	on_behalf_of BIGINT NULL REFERENCES person (id),
	data LONGTEXT NULL COMMENT 'JSON: what the sender gave',
	from_states VARCHAR(1000) CHARACTER SET ascii NOT NULL,
	to_states VARCHAR(1000) CHARACTER SET ascii NOT NULL,
	happened_at DATETIME(6) NOT NULL,
	prev_hash CHAR(64) CHARACTER SET ascii NOT NULL,
	hash CHAR(64) CHARACTER SET ascii NOT NULL,
	UNIQUE KEY event_of_case (case_id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Open and closed work. The inbox reads task_inbox: a range for each post held.
CREATE TABLE task (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	case_id BIGINT NOT NULL REFERENCES cases (id),
	agency_id BIGINT NOT NULL REFERENCES agency (id),
	post VARCHAR(16) NOT NULL,
	state_id VARCHAR(200) NOT NULL,
	of_party VARCHAR(16) NOT NULL COMMENT 'requester, owner, ict, office',
	title_vi VARCHAR(300) NOT NULL,
	title_en VARCHAR(300) NOT NULL,
	term VARCHAR(64) NULL,
	opened_at DATETIME(6) NOT NULL,
	due_at DATETIME(6) NULL,
	due_key DATETIME(6) NOT NULL COMMENT 'due_at, or the year 9999: sorts last',
	is_open TINYINT NOT NULL,
	closed_at DATETIME(6) NULL,
	KEY task_inbox (agency_id, post, is_open, due_key, id),
	KEY task_of_case (case_id, is_open)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A timer is claimed by moving next_at to the end of the lease and raising the fence.
CREATE TABLE timer (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	case_id BIGINT NOT NULL REFERENCES cases (id),
	timer_id VARCHAR(200) NOT NULL,
	event VARCHAR(200) NOT NULL,
	term VARCHAR(64) NULL,
	started_at DATETIME(6) NOT NULL,
	due_at DATETIME(6) NOT NULL,
	data LONGTEXT NULL,
	next_at DATETIME(6) NULL COMMENT 'when it may be claimed; NULL: given up, an incident',
	fence BIGINT NOT NULL DEFAULT 0,
	attempts INT NOT NULL DEFAULT 0,
	last_error VARCHAR(1000) NULL,
	UNIQUE KEY timer_of_case (case_id, timer_id),
	KEY timer_next (next_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The outbox: written with the event, sent later, claimed as a timer is.
CREATE TABLE mail (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	case_id BIGINT NOT NULL REFERENCES cases (id),
	person_id BIGINT NULL REFERENCES person (id),
	address VARCHAR(254) NOT NULL,
	name VARCHAR(200) NOT NULL,
	subject VARCHAR(500) NOT NULL,
	text LONGTEXT NOT NULL,
	html LONGTEXT NOT NULL,
	template_name VARCHAR(64) NOT NULL,
	state VARCHAR(8) NOT NULL COMMENT 'waiting, sent, failed',
	created_at DATETIME(6) NOT NULL,
	sent_at DATETIME(6) NULL,
	next_at DATETIME(6) NULL,
	fence BIGINT NOT NULL DEFAULT 0,
	attempts INT NOT NULL DEFAULT 0,
	last_error VARCHAR(1000) NULL,
	KEY mail_next (next_at, id),
	KEY mail_of_case (case_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE draft (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	workflow VARCHAR(32) NOT NULL,
	service_id BIGINT NULL REFERENCES service (id),
	agency_code VARCHAR(32) NULL,
	fields LONGTEXT NOT NULL,
	version BIGINT NOT NULL,
	updated_at DATETIME(6) NOT NULL,
	KEY draft_of_person (person_id, updated_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE idempotency (
	person_id BIGINT NOT NULL REFERENCES person (id),
	idem_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	request_hash CHAR(64) CHARACTER SET ascii NOT NULL,
	case_id BIGINT NULL,
	version BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id, idem_key),
	KEY idempotency_age (created_at)
) ENGINE=InnoDB;

CREATE TABLE setting (
	name VARCHAR(64) NOT NULL PRIMARY KEY,
	value VARCHAR(1000) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which version of a workflow new cases take, who said so and why; and moves of open cases to another.

-- The newest row of a workflow names its current version.
CREATE TABLE workflow_publication (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	workflow VARCHAR(32) NOT NULL,
	version_id BIGINT NOT NULL REFERENCES workflow_version (id),
	is_shipped TINYINT NOT NULL COMMENT 'came with the program, not from an administrator',
	published_by BIGINT NULL REFERENCES person (id) ON DELETE SET NULL,
	publisher VARCHAR(200) NULL COMMENT 'the name as it was then',
	why VARCHAR(1000) NULL,
	published_at DATETIME(6) NOT NULL,
	KEY workflow_publication_of (workflow, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO workflow_publication (workflow, version_id, is_shipped, published_at)
	SELECT workflow, id, 1, published_at FROM workflow_version ORDER BY id;

-- A plan that was run: a second run of the same plan goes on with it until it is finished.
CREATE TABLE workflow_migration (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	workflow VARCHAR(32) NOT NULL,
	from_version BIGINT NOT NULL REFERENCES workflow_version (id),
	to_version BIGINT NOT NULL REFERENCES workflow_version (id),
	plan LONGTEXT NOT NULL COMMENT 'JSON',
	plan_hash CHAR(64) CHARACTER SET ascii NOT NULL,
	started_by BIGINT NULL REFERENCES person (id) ON DELETE SET NULL,
	starter VARCHAR(200) NULL COMMENT 'the name as it was then',
	started_at DATETIME(6) NOT NULL,
	finished_at DATETIME(6) NULL,
	undone_at DATETIME(6) NULL,
	KEY workflow_migration_of (plan_hash, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A case that it moved, and what puts it back as long as nothing else has happened in it.
CREATE TABLE workflow_migration_case (
	migration_id BIGINT NOT NULL REFERENCES workflow_migration (id),
	case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
	case_version BIGINT NOT NULL COMMENT 'of the case after the move',
	before_move LONGTEXT NOT NULL COMMENT 'JSON: state, dates, tasks and timers as they were',
	undone_at DATETIME(6) NULL,
	PRIMARY KEY (migration_id, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

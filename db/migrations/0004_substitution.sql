-- People away: who stands for whom, with all his posts; and the post really held by who fills in for a vacant one.

CREATE TABLE substitution (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	absent_id BIGINT NOT NULL REFERENCES person (id),
	substitute_id BIGINT NOT NULL REFERENCES person (id),
	valid_from DATETIME(6) NOT NULL,
	valid_until DATETIME(6) NOT NULL COMMENT 'the end of its last day',
	reason VARCHAR(500) NOT NULL,
	made_by BIGINT NULL COMMENT 'NULL: not by somebody signed in' REFERENCES person (id),
	made_at DATETIME(6) NOT NULL,
	ended_by BIGINT NULL REFERENCES person (id),
	ended_at DATETIME(6) NULL COMMENT 'ended early; NULL: it runs, or ran, to its last day',
	KEY substitution_of_absent (absent_id, valid_until),
	KEY substitution_by (substitute_id, valid_until),
	KEY substitution_end (valid_until, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A holding was the only form of it: for one post, and without an end as well.
INSERT INTO substitution (absent_id, substitute_id, valid_from, valid_until, reason, made_at)
	SELECT on_behalf_of, person_id, MIN(valid_from),
		MAX(COALESCE(valid_until, valid_from + INTERVAL 1 YEAR)), '', UTC_TIMESTAMP(6)
	FROM holding WHERE on_behalf_of IS NOT NULL AND on_behalf_of <> person_id
	GROUP BY on_behalf_of, person_id;

ALTER TABLE event
	ADD COLUMN own_post VARCHAR(16) NULL
		COMMENT 'the post really held, when actor_post is vacant' AFTER actor_agency_code;

-- An event keeps the post used: that of the absent person.
UPDATE event e JOIN holding h ON h.id = e.holding_id
	SET e.holding_id = (SELECT MIN(own.id) FROM holding own WHERE own.person_id = h.on_behalf_of
		AND own.agency_id = h.agency_id AND own.post = h.post AND own.on_behalf_of IS NULL)
	WHERE h.on_behalf_of IS NOT NULL;
DELETE FROM holding WHERE on_behalf_of IS NOT NULL;
ALTER TABLE holding DROP FOREIGN KEY IF EXISTS holding_ibfk_3, DROP COLUMN on_behalf_of;

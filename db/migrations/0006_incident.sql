-- Timers that keep failing: people see them, and have them tried again. Beside the timers, so that these cost no more.
-- A timer that is gone, or that began anew, is no incident whatever stands here.
CREATE TABLE incident (
	timer_id BIGINT NOT NULL PRIMARY KEY COMMENT 'timer.id; the timer may be gone',
	case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
	since DATETIME(6) NOT NULL,
	KEY incident_of_case (case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

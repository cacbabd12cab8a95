/* wipe: empties the database of all that people and cases left; for a demo that was half loaded. */
#include "store_priv.h"

/* Children first. Published workflow versions stay: they are the same for everybody. */
static const char *const statements[] = {
	"DELETE FROM schedule",
	"DELETE FROM mail_list",
	"DELETE FROM case_watch",
	"DELETE FROM feed",
	"DELETE FROM data_grant",
	"DELETE FROM recomputation_case",
	"DELETE FROM recomputation",
	"DELETE FROM mail",
	"DELETE FROM alarm",
	"DELETE FROM timer",
	"DELETE FROM task",
	"DELETE FROM event",
	"DELETE FROM case_word",
	"DELETE FROM case_party",
	"DELETE FROM idempotency",
	"DELETE FROM draft",
	"UPDATE cases SET parent_id = NULL, about_id = NULL",
	"DELETE FROM cases",
	"DELETE FROM case_number",
	"DELETE FROM service_word",
	"DELETE FROM service",
	"DELETE FROM session",
	"DELETE FROM sign_in_failure",
	"DELETE FROM substitution",
	"DELETE FROM holding",
	"DELETE FROM person",
	"UPDATE agency SET parent_id = NULL",
	"DELETE FROM agency",
	"DELETE FROM setting",
};

int
store_wipe(struct tx *tx)
{
	for (size_t i = 0; i < LEN(statements); i++)
		TRY(tx_exec(tx, NULL, statements[i]));
	return OK;
}

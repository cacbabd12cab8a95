/*
 * What may stand as an address in a mail's header and in what is said to a mail server.
 */
#include "flow.h"

#include <string.h>

bool
mail_address_is_safe(const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;

	if (!at || at == address || !at[1] || strlen(address) > 254)
		return false;
	for (const char *p = address; *p; p++)
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p > 0x7E ||
		    strchr("<>()[],;:\\\"", *p))
			return false;
	return true;
}

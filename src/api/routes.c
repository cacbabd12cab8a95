/*
 * THE table of what can be asked. docs/api.md says what goes in and out.
 */
#include "api_priv.h"

const struct api_config *api_config;

static const struct http_route routes[] = {
	{ "POST", "/api/session", post_session, HTTP_PUBLIC },
	{ "GET", "/api/session", get_session, 0 },
	{ "DELETE", "/api/session", delete_session, 0 },
	{ "GET", "/api/me/preferences", get_preferences, 0 },
	{ "PUT", "/api/me/preferences", put_preferences, 0 },
	{ "GET", "/api/inbox", get_inbox, 0 },
	{ "GET", "/api/me/feed", get_my_feed, 0 },
	{ "POST", "/api/me/feed", post_my_feed, 0 },
	{ "DELETE", "/api/me/feed", delete_my_feed, 0 },
	{ "GET", "/feeds/:name", get_feed, HTTP_PUBLIC | HTTP_SECRET_PATH },
	{ "GET", "/api/people", get_people, 0 },
	{ "GET", "/api/substitutions", get_substitutions, 0 },
	{ "POST", "/api/substitutions", post_substitution, 0 },
	{ "DELETE", "/api/substitutions/:id", delete_substitution, 0 },
	{ "GET", "/api/vacancies", get_vacancies, 0 },
	{ "GET", "/api/services", get_services, 0 },
	{ "GET", "/api/services/:code", get_service, 0 },
	{ "GET", "/api/agencies", get_agencies, 0 },
	{ "GET", "/api/calendars", get_calendars, 0 },
	{ "GET", "/api/calendars/:id", get_calendar, 0 },
	{ "GET", "/api/recomputation", get_recomputation_preview, 0 },
	{ "POST", "/api/recomputation", post_recomputation, 0 },
	{ "GET", "/api/recomputation/:id", get_recomputation, 0 },
	{ "GET", "/api/workflows", get_workflows, 0 },
	{ "GET", "/api/workflows/:id", get_workflow, 0 },
	{ "GET", "/api/workflows/:id/rights", get_workflow_rights, 0 },
	{ "GET", "/api/drafts", get_drafts, 0 },
	{ "POST", "/api/drafts", post_draft, 0 },
	{ "GET", "/api/drafts/:id", get_draft, 0 },
	{ "PUT", "/api/drafts/:id", put_draft, 0 },
	{ "DELETE", "/api/drafts/:id", delete_draft, 0 },
	{ "GET", "/api/cases", get_cases, 0 },
	{ "POST", "/api/cases", post_case, 0 },
	{ "GET", "/api/cases/:id", get_case, 0 },
	{ "GET", "/api/cases/:id/terms/:term", get_case_term, 0 },
	{ "POST", "/api/cases/:id/events", post_case_event, 0 },
	{ "PUT", "/api/cases/:id/watch", put_case_watch, 0 },
	{ "DELETE", "/api/cases/:id/watch", delete_case_watch, 0 },
	{ "GET", "/api/grants", get_grants, 0 },
	{ "GET", "/api/mails", get_mails, 0 },
	{ "POST", "/api/mails/:id/resend", post_mail_resend, 0 },
	{ "GET", "/api/operations", get_operations, 0 },
	{ "GET", "/api/incidents", get_incidents, 0 },
	{ "POST", "/api/incidents/:id/retry", post_incident_retry, 0 },
	{ "GET", "/api/stream", get_stream, 0 },
	{ "GET", "/api/health", get_health, HTTP_PUBLIC },
	{ "GET", "/api/demo/accounts", get_demo_accounts, HTTP_PUBLIC },
	{ "GET", "/api/demo/clock", get_demo_clock, 0 },
	{ "POST", "/api/demo/clock", post_demo_clock, 0 },
	{ "GET", "/api/demo/mails", get_demo_mails, 0 },
	{ "GET", "/api/demo/mails/:id", get_demo_mail, 0 },
	{ NULL, NULL, NULL, 0 },
};

const struct http_route *
api_routes(const struct api_config *cfg)
{
	api_config = cfg;
	streams_listen();
	return routes;
}

// Which address shows which page. Pages load when they are first visited.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { CrashPage } from './routes/crash-page';
import { NotFoundPage } from './routes/not-found-page';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

type Search = Record<string, unknown>;
interface InboxSearch { tab?: 'agency' | 'watched' }
interface CasesSearch { q?: string; state?: 'open' | 'closed' | 'overdue'; scope?: 'mine' | 'agency' | 'all'; workflow?: string }
interface ServicesSearch { q?: string; form?: 'open' | 'default' | 'specific' }
interface RequestSearch { draft?: number }
interface OpenSearch { about?: number; draft?: number }
interface MailsSearch { mail?: number }
interface OperationsSearch { view?: 'incidents' | 'mails' | 'vacancies' | 'dates' }
interface CalendarSearch { calendar?: string; year?: number }

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);
const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((a) => a === value);

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { throw redirect({ to: '/inbox', replace: true }); } });
const inbox = createRoute({
  getParentRoute: () => root, path: '/inbox', component: lazyRouteComponent(() => import('./routes/inbox-page')),
  validateSearch: (s: Search): InboxSearch => ({ tab: oneOf(s.tab, ['agency', 'watched'] as const) }),
});
const cases = createRoute({
  getParentRoute: () => root, path: '/cases', component: lazyRouteComponent(() => import('./routes/cases-page')),
  validateSearch: (s: Search): CasesSearch => ({
    q: text(s.q), state: oneOf(s.state, ['open', 'closed', 'overdue'] as const), scope: oneOf(s.scope, ['mine', 'agency', 'all'] as const),
    workflow: text(s.workflow),
  }),
});
const oneCase = createRoute({ getParentRoute: () => root, path: '/cases/$id', component: lazyRouteComponent(() => import('./routes/case-page')) });
const services = createRoute({
  getParentRoute: () => root, path: '/services', component: lazyRouteComponent(() => import('./routes/services-page')),
  validateSearch: (s: Search): ServicesSearch => ({ q: text(s.q), form: oneOf(s.form, ['open', 'default', 'specific'] as const) }),
});
const service = createRoute({ getParentRoute: () => root, path: '/services/$code', component: lazyRouteComponent(() => import('./routes/service-page')) });
const request = createRoute({
  getParentRoute: () => root, path: '/services/$code/request', component: lazyRouteComponent(() => import('./routes/request-page')),
  validateSearch: (s: Search): RequestSearch => ({ draft: typeof s.draft === 'number' ? s.draft : undefined }),
});
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const open = createRoute({ getParentRoute: () => root, path: '/open', component: lazyRouteComponent(() => import('./routes/open-page')) });
const openCase = createRoute({
  getParentRoute: () => root, path: '/open/$workflow', component: lazyRouteComponent(() => import('./routes/open-case-page')),
  validateSearch: (s: Search): OpenSearch => ({ about: number(s.about), draft: number(s.draft) }),
});
const workflow = createRoute({ getParentRoute: () => root, path: '/workflows/$id', component: lazyRouteComponent(() => import('./routes/rights-page')) });
const grants = createRoute({ getParentRoute: () => root, path: '/grants', component: lazyRouteComponent(() => import('./routes/grants-page')) });
const drafts = createRoute({ getParentRoute: () => root, path: '/drafts', component: lazyRouteComponent(() => import('./routes/drafts-page')) });
const mails = createRoute({
  getParentRoute: () => root, path: '/mails', component: lazyRouteComponent(() => import('./routes/mails-page')),
  validateSearch: (s: Search): MailsSearch => ({ mail: typeof s.mail === 'number' ? s.mail : undefined }),
});
const clock = createRoute({ getParentRoute: () => root, path: '/clock', component: lazyRouteComponent(() => import('./routes/clock-page')) });
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: lazyRouteComponent(() => import('./routes/settings-page')) });
const operations = createRoute({
  getParentRoute: () => root, path: '/operations', component: lazyRouteComponent(() => import('./routes/operations-page')),
  validateSearch: (s: Search): OperationsSearch => ({ view: oneOf(s.view, ['incidents', 'mails', 'vacancies', 'dates'] as const) }),
});
const calendar = createRoute({
  getParentRoute: () => root, path: '/calendar', component: lazyRouteComponent(() => import('./routes/calendar-page')),
  validateSearch: (s: Search): CalendarSearch => ({ calendar: text(s.calendar), year: number(s.year) }),
});
const note = createRoute({ getParentRoute: () => root, path: '/cases/$id/terms/$term/note', component: lazyRouteComponent(() => import('./routes/note-page')) });

export const router = createRouter({
  routeTree: root.addChildren([home, inbox, cases, oneCase, services, service, request, open, openCase, workflow, grants, drafts, mails, clock, settings, operations, calendar, note]),
  defaultErrorComponent: CrashPage,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// The wire types: what docs/api.md says, in one file.

export interface Title {
  vi: string;
  en: string;
}

export interface Agency {
  code: string;
  name: Title;
  kind: string;
  role: string | null;
}

export interface Holding {
  post: string;
  title: Title;
  agency: Agency;
  /** The one who is away and whose post this is. */
  on_behalf_of?: string | null;
  /** Nobody holds it: it falls to this person. */
  is_vacant?: boolean;
}

export interface Session {
  person: { id: number; name: string; login: string; email: string; locale: string };
  posts: Holding[];
  operates: boolean;
  now: string;
  is_demo: boolean;
  zone: string;
}

export type ServiceForm = 'open' | 'default' | 'specific';

export interface Service {
  code: string;
  name: string;
  owner: Agency;
  database: string | null;
  form: ServiceForm;
  items: { key: string; name: string }[];
  method: string | null;
  protocol: string | null;
  authentication: string | null;
  limit: string | null;
  update_frequency: string | null;
  use_period: string | null;
  personal_data: string | null;
  can_request: boolean;
  workflow: string | null;
}

export interface CaseLine {
  id: number;
  number: string;
  title: string;
  workflow: { id: string; title: Title };
  state_title: Title;
  phase: string | null;
  is_open: boolean;
  outcome: string | null;
  requester: Agency;
  owner: Agency;
  service: { code: string; name: string } | null;
  created_at: string;
  due_at: string | null;
  days_left: number | null;
  is_overdue: boolean;
  version: number;
}

export interface TaskTime {
  due_at: string | null;
  days_left: number | null;
  is_overdue: boolean;
}

export interface Task extends TaskTime {
  id: number;
  title: Title;
  post: string;
  post_title: Title;
  agency: Agency;
  since: string;
}

export interface CaseTask extends Task {
  holders: string[];
  is_mine: boolean;
  /** The post is vacant: the holders are those who fill in. */
  falls_to?: boolean;
}

/** One's open task of the case; null where one only watches it. */
export interface InboxItem {
  task: (Task & { is_mine: boolean; on_behalf_of: string | null; is_vacant: boolean }) | null;
  case: CaseLine;
}

export interface Inbox {
  items: InboxItem[];
  total: number;
  overdue: number;
  next: string | null;
}

export type InboxScope = 'mine' | 'agency' | 'watched';

/** Is there an address of my deadlines? */
export interface Feed {
  is_on: boolean;
  made_at: string | null;
}

export interface NewFeed {
  url: string;
  made_at: string;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type Values = Record<string, JsonValue>;

export interface FormSchema {
  type?: string | string[];
  properties?: Record<string, FormSchema>;
  required?: string[];
  enum?: JsonValue[];
  const?: JsonValue;
  default?: JsonValue;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  items?: FormSchema;
  allOf?: FormSchema[];
  if?: FormSchema;
  then?: FormSchema;
  title?: string;
  'x-title'?: Title;
  'x-help'?: Title;
  'x-widget'?: string;
  'x-enum-titles'?: Record<string, Title>;
  'x-order'?: string[];
  'x-when'?: Values;
  'x-within'?: string;
  'x-grounds'?: string;
  'x-law'?: string;
}

export interface Ground {
  code: string;
  title: Title;
  law: string;
}

/** What a kind of case needs to be opened. */
export interface WorkflowStart {
  title: Title;
  law: string | null;
  service: 'required' | 'optional' | 'none';
  party: 'required' | 'none';
  party_as: 'requester' | 'owner' | null;
  about: { workflows: string[]; required: boolean } | null;
  by_people: boolean;
}

export interface WorkflowLine {
  id: string;
  title: Title;
  kind: string;
  can_start: boolean;
  start: WorkflowStart;
}

export interface Workflow extends WorkflowLine {
  version: string;
  form: FormSchema;
  law: string[];
  grounds: Record<string, Ground[]>;
}

export interface By {
  post: string;
  of: string;
  when?: JsonValue;
}

export interface RightsChoice {
  source: string;
  title: Title;
  by: By[];
  not: (string | { agreed: string })[];
  guard: { type: string; params: JsonValue } | null;
}

export interface RightsState {
  state: string;
  title: Title;
  events: { event: string; is_certain: boolean; choices: RightsChoice[] }[];
}

/** Who may send what in which state. */
export interface Rights {
  workflow: string;
  title: Title;
  start: By[];
  posts: Record<string, Title>;
  sides: Record<string, Title>;
  states: RightsState[];
}

export interface Action {
  type: string;
  title: Title;
  tone: 'primary' | 'danger' | null;
  form: FormSchema | null;
  values: Values | null;
  refusal: Title | null;
  law: string | null;
  as: Holding;
}

export interface Change {
  name: string;
  title: Title;
  before: JsonValue | null;
  after: JsonValue | null;
}

export interface HistoryEntry {
  version: number;
  type: string;
  title: Title;
  at: string;
  kind: 'person' | 'timer' | 'system';
  actor: { name: string; post_title: Title | null; agency: Agency | null } | null;
  on_behalf_of: string | null;
  /** The post really held, when the one used is vacant. */
  own_post_title?: Title | null;
  data: Values | null;
  data_form: FormSchema | 'case' | null;
  changes: Change[] | null;
  from: string[];
  to: string[];
  to_title: Title | null;
  hash: string;
}

export interface DiagramState {
  id: string;
  parent: string | null;
  type: string;
  title: Title;
  is_active: boolean;
  was_visited: boolean;
}

export interface DiagramTransition {
  from: string;
  to: string;
  event: string;
  title: Title | null;
  kind: 'person' | 'timer' | 'auto' | 'told';
  was_taken: boolean;
}

export interface Diagram {
  states: DiagramState[];
  transitions: DiagramTransition[];
}

export interface Phase {
  id: string;
  title: Title;
  status: 'done' | 'current' | 'ahead';
}

export interface Term extends TaskTime {
  term: string;
  title: Title;
  started_at: string;
  law: string | null;
  extensions?: number;
}

export type TermUnit = 'working_days' | 'calendar_days' | 'working_hours' | 'hours' | 'months' | 'yearly' | 'date' | 'percent';

/** before and after are null when it was given while the term stood still. */
export interface TermExtension {
  at: string;
  kind: string;
  amount: number;
  unit: 'working_days' | 'calendar_days';
  from: 'due' | 'now';
  before: string | null;
  after: string | null;
  ground: { code: string; title: Title; law: string } | null;
  reason: string | null;
  by: string;
  law: string | null;
}

/** How a due date came about. */
export interface TermExplanation {
  term: string;
  title: Title;
  law: string | null;
  unit: TermUnit;
  amount: number | null;
  resumes: boolean;
  status: string;
  started_at: string;
  counted_from: string;
  is_moved: boolean;
  due_at: string | null;
  days: { date: string; n: number | null; why: 'counts' | 'worked' | 'day-of-event' | 'late' | 'weekend' | 'off' | 'rolled-to' | 'extended' | 'overdue'; name: string | null }[];
  pauses: { from: string; until: string | null; left: number }[];
  extensions: TermExtension[];
  calendar: Title | null;
  calendar_id?: string | null;
}

export interface CaseMail {
  id: number;
  to: string;
  subject: string;
  state: MailState;
  at: string;
  attempts?: number;
  error?: string | null;
}

export type MailState = 'waiting' | 'sent' | 'failed';

export interface CaseLink extends CaseLine {
  agency: Agency;
}

type LinkKind = 'parent' | 'about' | 'children' | 'about_this';

export interface Links {
  parent: CaseLine | null;
  about: CaseLine | null;
  children: CaseLink[];
  about_this: CaseLink[];
  hidden: Record<LinkKind, number>;
}

export interface Offer {
  workflow: string;
  title: Title;
  law: string | null;
}

interface Approver {
  agency: Agency;
  post: string;
  post_title: Title;
}

export interface Approval {
  state: string;
  title: Title;
  rule: 'all' | 'any' | number;
  is_active: boolean;
  holds: boolean;
  agreed: (Approver & { name: string; at: string })[];
  waiting: Approver[];
}

export interface Grant {
  id: number;
  kind: 'account' | 'agreement';
  reference: string;
  items: string[] | null;
  until: string | null;
  granted_at: string;
  ended_at: string | null;
  requester: Agency;
  owner: Agency;
  service: { code: string; name: string } | null;
  case: { id: number; number: string };
}

export interface Case extends CaseLine {
  regime: { code: string; title: Title; labels: Record<string, Title> | null } | null;
  received_at: string | null;
  closed_at: string | null;
  created_by: { id: number; name: string } | null;
  fields: Values;
  form: FormSchema;
  states: string[];
  clock: 'running' | 'paused';
  phases: Phase[];
  tasks: CaseTask[];
  terms: Term[];
  can: Action[];
  history: HistoryEntry[];
  links: Links;
  offers: Offer[];
  approvals: Approval[];
  grants: Grant[];
  diagram: Diagram;
  mails: CaseMail[];
  is_watched: boolean;
  /** How many timers of this case fail now. */
  incidents?: number;
}

export interface DraftBody {
  workflow: string;
  service?: string | null;
  agency?: string | null;
  party?: string | null;
  about?: number | null;
  fields: Values;
}

export interface Draft extends DraftBody {
  id: number;
  version: number;
  updated_at: string;
  service_name: string | null;
  about_number: string | null;
}

export interface MailLine {
  id: number;
  case: { id: number; number: string } | null;
  to: { name: string; address: string };
  subject: string;
  state: MailState;
  at: string;
  sent_at: string | null;
}

export interface Mail extends MailLine {
  text: string;
  html: string | null;
}

/** Somebody of an agency, with the posts held there. */
export interface Colleague {
  id: number;
  name: string;
  posts: { post: string; title: Title }[];
}

export interface Substitution {
  id: number;
  absent: { id: number; name: string };
  substitute: { id: number; name: string };
  from: string;
  until: string;
  reason: string;
  state: 'coming' | 'running' | 'ended';
  can_end: boolean;
  made_by: string | null;
}

export interface NewSubstitution {
  absent?: number;
  substitute: number;
  from: string;
  until: string;
  reason: string;
}

/** When mail comes; times are HH:MM of the province. */
export interface Preferences {
  locale: 'vi' | 'en';
  digest_at: string | null;
  quiet_from: string | null;
  quiet_until: string | null;
  on_days_off: boolean;
}

export interface CaseName {
  id: number;
  number: string;
  title: string;
}

export interface OutMail extends MailLine {
  attempts: number;
  error: string | null;
  next_at: string | null;
}

export interface Incident {
  id: number;
  case: CaseName;
  what: Title;
  event: string;
  due_at: string;
  attempts: number;
  error: string;
  since: string;
  next_at: string | null;
}

export interface Vacancy {
  agency: Agency;
  post: string;
  post_title: Title;
  since: string | null;
  falls_to: { name: string; post_title: Title } | null;
  open_tasks: number;
}

export interface Operations {
  incidents: number;
  failed_mails: number;
  vacancies: number;
  moved_dates: number | null;
}

/** A case some of whose dates would be others under the calendars of today; a term that is paused has days left instead. */
export interface Moved {
  case: CaseName;
  terms: { term: string; title: Title; before: string | null; after: string | null; left: { before: number; after: number } | null }[];
  /** Why nothing of it is moved without a person. */
  needs_person: string | null;
}

export interface Recomputation {
  id: number;
  why: string;
  by: string;
  started_at: string;
  finished_at: string | null;
  /** Looked at so far. */
  cases: number;
  moved: number;
  needs_person: number;
  failed: number;
}

export interface OfficeHours {
  from: string;
  to: string;
}

export interface CalendarLine {
  id: string;
  title: Title;
  source: string;
  first_year: number;
  last_year: number;
  agencies: Agency[];
  is_default: boolean;
}

export interface CalendarDay {
  date: string;
  kind: 'off' | 'worked';
  name: string | null;
  source: string;
  hours: OfficeHours[] | null;
  from?: string;
}

export interface CalendarYear extends CalendarLine {
  year: number;
  working_weekdays: number[];
  office_hours: OfficeHours[];
  outside_office_hours: 'next_working_day' | 'same_day';
  days: CalendarDay[];
}

export interface DemoAccount {
  login: string;
  name: string;
  post: string | Title;
  agency: string | Title | Agency;
  password: string;
}

export interface DemoClock {
  now: string;
  offset_s: number;
}

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

// How a date came about, as a note on one sheet of A4: for the file, for the other side, for an inspector.
import { Button, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { BackIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Failure, Loading } from '@/components/ui/state';
import { useCase, useTermExplanation } from '@/features/cases/api/cases';
import { TermNote } from '@/features/cases/components/term-note';
import { useSession } from '@/features/session/api/session';
import { useWordsOf } from '@/lib/i18n';
import { note } from '@/lib/i18n/calendar';
import { useNow } from '../use-now';
import { NotFoundPage } from './not-found-page';

const route = getRouteApi('/cases/$id/terms/$term/note');

export default function NotePage() {
  const w = useWordsOf(note);
  const params = route.useParams();
  const id = Number(params.id);
  const session = useSession();
  const now = useNow();
  const found = useCase(id, Number.isSafeInteger(id));
  const why = useTermExplanation(id, params.term, found.data?.version ?? 0, found.data !== undefined);
  if (!Number.isSafeInteger(id)) return <NotFoundPage />;
  const error = found.error ?? why.error;
  return (
    <Page title={w.window} windowTitle={found.data ? `${w.window} ${found.data.number}` : undefined}
      above={<TextLink to="/cases/$id" params={{ id: params.id }} size="sm" className="back"><BackIcon />{w.back}</TextLink>}
      actions={why.data && <Group><Button onClick={() => window.print()}>{w.print}</Button></Group>}>
      {found.data && why.data && session.data
        ? <TermNote case={found.data} why={why.data} session={session.data} now={now} />
        : error ? <Failure error={error} onRetry={() => void (found.error ? found : why).refetch()} /> : <Loading rows={3} height={120} />}
    </Page>
  );
}

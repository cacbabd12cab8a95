// Who may do what in one process: the page that answers "why can I not do this?".
import { Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { BackIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Answer } from '@/components/ui/state';
import { useRights } from '@/features/opening/api/workflows';
import { RightsTable, useByWords } from '@/features/opening/components/rights-table';
import { useSpeech } from '@/lib/i18n';
import type { Rights } from '@/types/api';

const route = getRouteApi('/workflows/$id');

export default function RightsPage() {
  const { t, say } = useSpeech();
  const rights = useRights(route.useParams().id);
  const above = <TextLink to="/open" size="sm" className="back"><BackIcon />{t.rights.back}</TextLink>;
  return (
    <Page title={rights.data ? t.rights.title(say(rights.data.title)) : t.open.who} lead={t.rights.lead} above={above}>
      <Answer query={rights}>{(data) => <><Openers rights={data} /><RightsTable rights={data} /></>}</Answer>
    </Page>
  );
}

function Openers({ rights }: { rights: Rights }) {
  const { t } = useSpeech();
  const words = useByWords(rights);
  return <Text size="sm">{rights.start.length > 0 ? `${t.rights.opens}: ${rights.start.map(words).join('; ')}.` : t.rights.opensItself}</Text>;
}

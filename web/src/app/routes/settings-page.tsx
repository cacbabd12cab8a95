// My settings: mail and language, who stands in for me, my deadlines in another calendar.
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Page } from '@/components/ui/page';
import { Section } from '@/components/ui/section';
import { Answer } from '@/components/ui/state';
import { FeedSection } from '@/features/feed/components/feed-section';
import { agenciesOf, useSession } from '@/features/session/api/session';
import { MailForm } from '@/features/settings/components/mail-form';
import { SubstitutionForm } from '@/features/settings/components/substitution-form';
import { SubstitutionList } from '@/features/settings/components/substitution-list';
import { useSubstitutions } from '@/features/settings/api/settings';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { settings } from '@/lib/i18n/settings';
import type { Session } from '@/types/api';
import { useToday } from '../use-now';

export default function SettingsPage() {
  const { t } = useSpeech();
  const w = useWordsOf(settings);
  const session = useSession();
  if (!session.data) return null; // the shell asks for sign-in
  return (
    <Page title={w.title} lead={w.lead}>
      <Section title={w.away}><Away session={session.data} closeLabel={t.common.close} /></Section>
      <Section title={w.mail}><MailForm /></Section>
      <FeedSection />
    </Page>
  );
}

function Away({ session, closeLabel }: { session: Session; closeLabel: string }) {
  const w = useWordsOf(settings);
  const substitutions = useSubstitutions();
  const today = useToday();
  const [done, setDone] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const added = (name: string) => {
    setAdding(false);
    setDone(w.made(name));
  };
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">{w.awayLead}</Text>
      <div role="status">
        {done && <Alert color="green" variant="light" withCloseButton closeButtonLabel={closeLabel} onClose={() => setDone(null)}>{done}</Alert>}
      </div>
      <Answer query={substitutions}>{({ items }) => <SubstitutionList items={items} me={session.person.id} onEnded={() => setDone(w.ended)} />}</Answer>
      <div><Button variant={isAdding ? 'default' : 'filled'} aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>{w.add}</Button></div>
      {isAdding && <SubstitutionForm session={session} own={agenciesOf(session).map((a) => a.code)} today={today} onDone={added} />}
    </Stack>
  );
}

// No such page.
import { ButtonLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Empty } from '@/components/ui/state';
import { useSpeech } from '@/lib/i18n';

export function NotFoundPage() {
  const { t } = useSpeech();
  return (
    <Page title={t.errors.notFoundTitle}>
      <Empty title={t.errors.notFoundTitle} text={t.errors.notFound} action={<ButtonLink to="/inbox">{t.errors.home}</ButtonLink>} />
    </Page>
  );
}

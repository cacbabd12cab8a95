// Moves the demo's clock.
import { Page } from '@/components/ui/page';
import { ClockMover } from '@/features/demo/components/clock';
import { useSpeech } from '@/lib/i18n';

export default function ClockPage() {
  const { t } = useSpeech();
  return <Page title={t.demo.clockTitle} lead={t.demo.clockLead}><ClockMover /></Page>;
}

// What the demo would have mailed: a list, and the mail chosen beside it.
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { BackIcon } from '@/components/ui/icons';
import { MailList } from '@/features/demo/components/mail-list';
import { MailView } from '@/features/demo/components/mail-view';
import { useSpeech } from '@/lib/i18n';

const route = getRouteApi('/mails');

export default function MailsPage() {
  const { t } = useSpeech();
  const { mail } = route.useSearch();
  return (
    <Page title={t.demo.mailsTitle} lead={t.demo.mailsLead}>
      <div className={mail === undefined ? 'two-panes' : 'two-panes has-choice'}>
        <div className="pane-list"><MailList chosen={mail} /></div>
        <div className="pane-view">
          {mail !== undefined && <TextLink to="/mails" search={{}} size="sm" className="back only-phone"><BackIcon />{t.demo.backToList}</TextLink>}
          <MailView id={mail} />
        </div>
      </div>
    </Page>
  );
}

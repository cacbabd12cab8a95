// One service: what it gives, on which terms, and the way to ask for it.
import { Alert, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { BackIcon } from '@/components/ui/icons';
import { ButtonLink, TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Failure, Loading } from '@/components/ui/state';
import { useDrafts } from '@/features/drafts/api/drafts';
import { useService } from '@/features/services/api/services';
import { ServiceFacts } from '@/features/services/components/service-facts';
import { useSpeech } from '@/lib/i18n';
import type { Service } from '@/types/api';

const route = getRouteApi('/services/$code');

export default function ServicePage() {
  const { t } = useSpeech();
  const service = useService(route.useParams().code);
  const above = <TextLink to="/services" size="sm" className="back"><BackIcon />{t.services.back}</TextLink>;
  if (!service.data) {
    return (
      <Page title={t.services.title} above={above}>
        {service.error ? <Failure error={service.error} onRetry={() => void service.refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page title={service.data.name} windowTitle={`${service.data.code} ${service.data.name}`} lead={service.data.code} above={above} actions={<Ways service={service.data} />}>
      {!service.data.can_request && <Alert variant="light" color="brand">{service.data.form === 'open' ? t.services.openData : t.services.cannotRequest}</Alert>}
      <ServiceFacts service={service.data} />
    </Page>
  );
}

function Ways({ service }: { service: Service }) {
  const { t } = useSpeech();
  const drafts = useDrafts();
  const draft = drafts.data?.items.find((d) => d.service === service.code);
  if (!service.can_request) return null;
  return (
    <Group gap="sm">
      {draft && <ButtonLink to="/services/$code/request" params={{ code: service.code }} search={{ draft: draft.id }} variant="default">{t.services.draftOf}</ButtonLink>}
      <ButtonLink to="/services/$code/request" params={{ code: service.code }} search={{}}>{t.services.request}</ButtonLink>
    </Group>
  );
}

// When the session ends in the middle of work: sign in again over the page, which stays as it is.
// Every call that met the end waits here and then goes on.
import { Modal, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { onSessionEnd } from '@/lib/api-client';
import { useSpeech } from '@/lib/i18n';
import type { Session } from '@/types/api';
import { SignInForm } from './sign-in-form';

export function SessionEndDialog({ session }: { session: Session }) {
  const { t } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const [who, setWho] = useState({ login: session.person.login, password: '' });
  const waiting = useRef<(() => void)[]>([]);
  const ask = useCallback(() => new Promise<void>((resume) => {
    waiting.current.push(resume);
    setOpen(true);
  }), []);
  useEffect(() => {
    onSessionEnd(ask);
    return () => onSessionEnd(null);
  }, [ask]);
  const done = (next: Session) => {
    if (next.person.id !== session.person.id) window.location.reload(); // somebody else's page: begin afresh
    setOpen(false);
    setWho({ login: next.person.login, password: '' });
    waiting.current.splice(0).forEach((resume) => resume());
  };
  return (
    <Modal opened={isOpen} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t.session.expiredTitle}>
      <Stack gap="sm">
        <Text>{t.session.expiredText}</Text>
        <SignInForm value={who} onChange={setWho} onDone={done} />
      </Stack>
    </Modal>
  );
}

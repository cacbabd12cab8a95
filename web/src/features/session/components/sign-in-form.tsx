// User name and password; a wrong pair is said once and clears when typing begins again.
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { WarnIcon } from '@/components/ui/icons';
import { Explanation } from '@/components/ui/state';
import { Problem } from '@/lib/api-client';
import { useSpeech } from '@/lib/i18n';
import type { Session } from '@/types/api';
import { useSignIn } from '../api/session';

export interface Credentials {
  login: string;
  password: string;
}

export function SignInForm({ value, onChange, onDone }: {
  value: Credentials; onChange: (value: Credentials) => void; onDone?: (session: Session) => void;
}) {
  const { t } = useSpeech();
  const signIn = useSignIn();
  const [isMissing, setMissing] = useState(false);
  const login = useRef<HTMLInputElement>(null);
  const change = (next: Credentials) => {
    setMissing(false);
    signIn.reset();
    onChange(next);
  };
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (value.login.trim() === '' || value.password === '') {
      setMissing(true);
      login.current?.focus();
      return;
    }
    signIn.mutate({ login: value.login.trim(), password: value.password }, { onSuccess: onDone, onError: () => login.current?.focus() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput ref={login} label={t.session.login} autoComplete="username" name="login" value={value.login} autoCapitalize="none" spellCheck={false}
          error={isMissing} onChange={(e) => change({ ...value, login: e.currentTarget.value })} />
        <PasswordInput label={t.session.password} autoComplete="current-password" name="password" value={value.password} error={isMissing}
          visibilityToggleButtonProps={{ style: { display: 'none' } }} onChange={(e) => change({ ...value, password: e.currentTarget.value })} />
        <div aria-live="assertive">
          {isMissing && <Trouble>{t.session.missing}</Trouble>}
          {signIn.error && <Trouble><SignInTrouble error={signIn.error} /></Trouble>}
        </div>
        <Button type="submit" loading={signIn.isPending}>{t.session.submit}</Button>
      </Stack>
    </form>
  );
}

function Trouble({ children }: { children: React.ReactNode }) {
  return <Alert color="red" variant="light" icon={<WarnIcon />} role="presentation">{children}</Alert>;
}

function SignInTrouble({ error }: { error: Error }) {
  const { t } = useSpeech();
  if (error instanceof Problem && error.status === 401) return <>{t.session.wrong}</>;
  if (error instanceof Problem && error.status === 429) return <>{t.session.tooMany(error.retryAfterS ?? 60)}</>;
  return <Explanation error={error} />;
}

// Vietnamese or English.
import { Button } from '@mantine/core';
import { useSpeech } from '@/lib/i18n';

export function LangSwitch({ onLight = false }: { onLight?: boolean }) {
  const { lang, setLang } = useSpeech();
  const next = lang === 'vi' ? 'en' : 'vi';
  const name = { vi: 'Tiếng Việt', en: 'English' }[next];
  return (
    <Button variant="subtle" size="compact-md" className={onLight ? '' : 'on-dark'} lang={next} onClick={() => setLang(next)}>{name}</Button>
  );
}

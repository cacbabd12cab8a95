// Which language the page speaks: the words, titles of the server, and the lang attribute.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Title } from '@/types/api';
import { en } from './en';
import { vi, type Words } from './vi';

export type Lang = 'vi' | 'en';
export type { Words };

interface Speech {
  lang: Lang;
  t: Words;
  /** A title of the server in the page's language. */
  say: (title: Title | null | undefined) => string;
  setLang: (lang: Lang) => void;
}

const words: Record<Lang, Words> = { vi, en };
const stored = 'lienthong-lang';
const SpeechContext = createContext<Speech | null>(null);

function firstLang(): Lang {
  try {
    return localStorage.getItem(stored) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

function remember(lang: Lang): void {
  try {
    localStorage.setItem(stored, lang);
  } catch {
    // a browser without storage asks again next time
  }
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(firstLang);
  useEffect(() => {
    document.documentElement.lang = lang;
    remember(lang);
  }, [lang]);
  const speech = useMemo<Speech>(() => ({ lang, t: words[lang], say: (title) => sayIn(lang, title), setLang }), [lang]);
  return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>;
}

export function sayIn(lang: Lang, title: Title | null | undefined): string {
  return title ? title[lang] || title.vi || title.en || '' : '';
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('useSpeech outside SpeechProvider');
  return speech;
}

/** The words of one page, which are loaded with it. */
export function useWordsOf<T>(both: Record<Lang, T>): T {
  return both[useSpeech().lang];
}

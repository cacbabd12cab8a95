// Words to search for; asks a moment after typing stops.
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { SearchIcon } from './icons';

export function SearchBox({ label, help, value, onSearch }: { label: string; help: string; value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (value !== asked.current) setText(value); // changed elsewhere: filters cleared, or the browser's back
    asked.current = value;
  }, [value]);
  const ask = (next: string) => {
    clearTimeout(timer.current);
    asked.current = next.trim();
    onSearch(next.trim());
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(next), 300);
  };
  return (
    <form role="search" className="search" onSubmit={(e) => { e.preventDefault(); ask(text); }}>
      <TextInput type="search" label={label} description={help} leftSection={<SearchIcon />} value={text} maxLength={200} onChange={(e) => type(e.currentTarget.value)} />
    </form>
  );
}

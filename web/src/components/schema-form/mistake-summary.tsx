// All mistakes of a form in one place, each a way to its field.
import { Alert, Anchor, List } from '@mantine/core';
import { WarnIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';
import type { FieldProblem, FormSchema } from '@/types/api';
import { fieldsOf, type Mistakes } from './model';
import { fieldId, focusField } from './schema-form';
import { mistakeText } from './words';

export function MistakeSummary({ schema, mistakes, rest, idPrefix }: {
  schema: FormSchema; mistakes: Mistakes; rest: FieldProblem[]; idPrefix: string;
}) {
  const { t, say } = useSpeech();
  const wrong = fieldsOf(schema).filter((field) => mistakes[field.name]);
  if (wrong.length + rest.length === 0) return null;
  return (
    <Alert color="red" variant="light" icon={<WarnIcon />} role="alert" title={t.form.summary(wrong.length + rest.length)}>
      <List size="sm">
        {wrong.map((field) => (
          <List.Item key={field.name}>
            <Anchor href={`#${fieldId(idPrefix, field.name)}`} size="sm" underline="always" onClick={(e) => { e.preventDefault(); focusField(idPrefix, field.name); }}>
              {say(field.title)}
            </Anchor>
            : {mistakeText(mistakes[field.name]!, t)}
          </List.Item>
        ))}
        {rest.map((p) => <List.Item key={p.pointer + p.code}>{t.form.notPlaced}: {p.pointer} {p.detail}</List.Item>)}
      </List>
    </Alert>
  );
}

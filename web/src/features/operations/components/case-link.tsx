// The way from a line of operations to its case.
import { Text } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import type { CaseName } from '@/types/api';

export function CaseLink({ of }: { of: CaseName }) {
  return (
    <>
      <TextLink to="/cases/$id" params={{ id: String(of.id) }} size="sm">{of.number}</TextLink>
      <Text size="xs" c="dimmed">{of.title}</Text>
    </>
  );
}

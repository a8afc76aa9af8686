'use client';
/** The imports of which a condition asks, by file and when they began; those that were undone say so. */
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { formatDate } from '#app/_ui/format-date.ts';
import { MultiSelect } from '#app/_ui/multi-select.tsx';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { type ContactLeaf, mostImports } from '#server/domain/contact/filter.ts';

type ImportLeaf = Extract<ContactLeaf, { on: 'import' }>;

interface ImportValueProps {
  leaf: ImportLeaf;
  onChange: (leaf: ImportLeaf) => void;
}

export function ImportValue({ leaf, onChange }: ImportValueProps) {
  const t = useTranslations('contacts.filter');
  const locale = useLocale();
  const reader = useReaderTime();
  const api = useApi();
  const imports = useQuery(api.imports.list.queryOptions({ limit: 200 }));
  const labelOf = ({ fileName, startedAt, undo }: { fileName: string; startedAt: string | null; undo: { status: string } | null }) => {
    const at = formatDate(new Date(startedAt ?? 0), {
      locale,
      zone: reader.zone,
      readerZone: reader.zone,
      now: reader.now,
      style: 'dateTime',
    });
    return t(undo ? 'importUndone' : 'importBegun', { name: fileName, at });
  };
  return (
    <MultiSelect
      aria-label={t('value')}
      placeholder={t('choose')}
      value={leaf.importIds}
      most={mostImports}
      options={(imports.data?.items ?? [])
        .filter(({ startedAt }) => startedAt !== null)
        .map((item) => ({ value: item.id, label: labelOf(item) }))}
      onValueChange={(importIds) => onChange({ ...leaf, importIds })}
    />
  );
}

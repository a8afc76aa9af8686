'use client';
/** What each column of the file becomes of a contact, and how sure that is. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Section } from '#app/_ui/section.tsx';
import { ColumnRow } from './column-row.tsx';
import type { ColumnTarget } from './column-targets.ts';
import type { Mapping, Preview } from './import-wizard.tsx';

interface MapStepProps {
  preview: Preview;
  mapping: Mapping;
  /** Places of the columns whose target was chosen, and not guessed. */
  chosen: ReadonlySet<number>;
  onChange: (mapping: Mapping, chosen: ReadonlySet<number>) => void;
}

export function MapStep({ preview, mapping, chosen, onChange }: MapStepProps) {
  const t = useTranslations('imports');
  const api = useApi();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const choose = (index: number, target: ColumnTarget) =>
    onChange(
      mapping.map((other, at): ColumnTarget => (at === index ? target : other)),
      new Set([...chosen, index]),
    );
  return (
    <Section title={t('map.title')} description={t('map.description')}>
      <ul className="max-w-3xl border-line border-t">
        {preview.columns.map((column, index) => {
          const name = column.header || t('format.column', { number: index + 1 });
          const target = mapping[index] ?? { to: 'ignore' };
          return (
            <ColumnRow
              key={`${index} ${name}`}
              name={name}
              column={column}
              index={index}
              rows={preview.rows}
              target={target}
              isChosen={chosen.has(index)}
              fields={fields.data?.items ?? []}
              onChoose={(next) => choose(index, next)}
            />
          );
        })}
      </ul>
    </Section>
  );
}

'use client';
/** What each column of the file becomes of a contact, and how sure that is. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Section } from '#app/_ui/section.tsx';
import { ColumnRow } from './column-row.tsx';
import { type ColumnTarget, isSameTarget } from './column-targets.ts';
import type { Mapping, Preview } from './choices.ts';

interface MapStepProps {
  preview: Preview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

export function MapStep({ preview, mapping, onChange }: MapStepProps) {
  const t = useTranslations('imports');
  const api = useApi();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const choose = (index: number, target: ColumnTarget) =>
    onChange(mapping.map((other, at): ColumnTarget => (at === index ? target : other)));
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
              isChosen={!isSameTarget(target, preview.suggested[index])}
              fields={fields.data?.items ?? []}
              onChoose={(next) => choose(index, next)}
            />
          );
        })}
      </ul>
    </Section>
  );
}

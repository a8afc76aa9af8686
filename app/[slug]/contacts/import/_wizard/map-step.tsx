'use client';
/** What each column of the file becomes of a contact, and how sure that is. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Section } from '#app/_ui/section.tsx';
import { ColumnRow } from './column-row.tsx';
import type { ColumnChoice, ColumnTarget } from './column-targets.ts';
import type { Mapping, Preview } from './import-wizard.tsx';

/** What people said about columns, by their place. */
export interface ColumnChoices {
  /** Whose target was chosen, and not guessed. */
  readonly chosen: ReadonlySet<number>;
  /** Options of the choices that are yet to be made. */
  readonly options: Readonly<Record<number, readonly string[]>>;
}

export const noChoices: ColumnChoices = { chosen: new Set(), options: {} };

interface MapStepProps {
  preview: Preview;
  mapping: Mapping;
  choices: ColumnChoices;
  onChange: (mapping: Mapping, choices: ColumnChoices) => void;
}

export function MapStep({ preview, mapping, choices, onChange }: MapStepProps) {
  const t = useTranslations('imports');
  const api = useApi();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const choose = (index: number, { target, options }: ColumnChoice) => {
    const { [index]: _, ...others } = choices.options;
    onChange(
      mapping.map((other, at): ColumnTarget => (at === index ? target : other)),
      { chosen: new Set([...choices.chosen, index]), options: options ? { ...others, [index]: options } : others },
    );
  };
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
              options={choices.options[index] ?? null}
              isChosen={choices.chosen.has(index)}
              fields={fields.data?.items ?? []}
              onChoose={(choice) => choose(index, choice)}
            />
          );
        })}
      </ul>
    </Section>
  );
}

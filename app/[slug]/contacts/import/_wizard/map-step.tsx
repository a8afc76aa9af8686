'use client';
/** What each column of the file becomes of a contact. */
import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { Mapping, Preview } from './import-wizard.tsx';
import type { MappingProblem } from './mapping-problem.ts';

interface MapStepProps {
  preview: Preview;
  problem: MappingProblem | null;
  onMappingChange: (mapping: Mapping) => void;
}

const plain = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'email',
  'externalId',
  'tags',
  'timeZone',
  'locale',
  'owner',
  'notes',
  'optedOut',
  'consents',
  'enrolmentKey',
] as const;

export function MapStep({ preview, problem, onMappingChange }: MapStepProps) {
  const t = useTranslations('imports');
  const api = useApi();
  const fields = useQuery(api.contacts.fields.queryOptions());
  const change = (index: number, chosen: string) => {
    const label = (preview.columns[index]?.header ?? t('format.column', { number: index + 1 })).slice(0, 80);
    onMappingChange(preview.mapping.map((target, at) => (at === index ? targetOf(chosen, label) : target)));
  };
  const options = (index: number) => [
    { value: 'ignore', label: t('map.targets.ignore') },
    ...plain.map((value) => ({ value: value as string, label: t(`map.targets.${value}`) })),
    ...(fields.data?.items ?? []).map((field) => ({ value: `field:${field.key}`, label: field.label })),
    {
      value: 'newField',
      label: t('map.targets.newField', { label: preview.columns[index]?.header || t('format.column', { number: index + 1 }) }),
    },
  ];
  return (
    <Section title={t('map.title')} description={t('map.description')}>
      {problem && (
        <p role="alert" className="mb-4 flex items-start gap-2 text-danger-text">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {t(`map.${problem}`)}
        </p>
      )}
      <ul className="max-w-3xl border-line border-t">
        {preview.columns.map((column, index) => {
          const name = column.header || t('format.column', { number: index + 1 });
          return (
            <li
              key={`${index} ${name}`}
              className="grid gap-x-6 gap-y-2 border-line border-b py-3 sm:grid-cols-[minmax(0,1fr)_18rem] sm:items-center"
            >
              <div className="min-w-0">
                <p className="truncate font-medium">{name}</p>
                <p className="truncate text-muted text-xs">{column.samples.length > 0 ? column.samples.join(' · ') : t('map.noExample')}</p>
              </div>
              <div className="flex flex-col gap-1">
                <Select
                  aria-label={`${name}: ${t('map.becomes')}`}
                  options={options(index)}
                  value={valueOf(preview.mapping[index])}
                  onValueChange={(chosen) => change(index, chosen)}
                />
                {preview.mapping[index]?.to !== 'ignore' && (
                  <p className="text-muted text-xs">
                    {t(column.sameNameAs === null ? `map.confidence.${column.confidence}` : 'map.sameName')}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function valueOf(target: Mapping[number] | undefined): string {
  if (!target) return 'ignore';
  return target.to === 'field' ? `field:${target.key}` : target.to;
}

function targetOf(chosen: string, label: string): Mapping[number] {
  if (chosen === 'newField') return { to: 'newField', label, kind: 'text' };
  if (chosen.startsWith('field:')) return { to: 'field', key: chosen.slice('field:'.length) };
  return { to: plain.find((target) => target === chosen) ?? 'ignore' };
}

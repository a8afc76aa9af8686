'use client';
/** One column of the file: what it is called, what stands in it, what it becomes. */
import { useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import { plainTargets } from '#server/domain/contact-csv/header-names.ts';
import { type ColumnTarget, distinctValues, targetOf, valueOf } from './column-targets.ts';
import { ConfidenceMark } from './confidence-mark.tsx';
import type { Preview } from './choices.ts';
import { NewFieldEditor } from './new-field-editor.tsx';
import { type ContactField, NotOptions } from './not-options.tsx';

interface ColumnRowProps {
  name: string;
  target: ColumnTarget;
  column: Preview['columns'][number];
  index: number;
  rows: Preview['rows'];
  isChosen: boolean;
  fields: readonly ContactField[];
  onChoose: (target: ColumnTarget) => void;
}

export function ColumnRow({ name, column, index, rows, target, isChosen, fields, onChoose }: ColumnRowProps) {
  const t = useTranslations('imports.map');
  const label = target.to === 'newField' ? target.label : name.slice(0, 80);
  const isEmpty = column.samples.length === 0;
  const targets = [
    { value: 'ignore', label: t('targets.ignore') },
    ...plainTargets.map((value) => ({ value: value as string, label: t(`targets.${value}`) })),
    ...fields.map((field) => ({ value: `field:${field.key}`, label: field.label })),
    { value: 'newField', label: t('targets.newField', { label }) },
  ];
  return (
    <li className="grid gap-x-6 gap-y-2 border-line border-b py-3 sm:grid-cols-[minmax(0,1fr)_18rem] sm:items-center">
      <div className="min-w-0">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-muted text-xs">{isEmpty ? t('noExample') : column.samples.join(' · ')}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        <Select
          aria-label={`${name}: ${t('becomes')}`}
          options={targets}
          value={valueOf(target)}
          onValueChange={(chosen) => onChoose(targetOf(chosen, label))}
        />
        {(target.to !== 'ignore' || isChosen || !isEmpty) && <ConfidenceMark confidence={isChosen ? 'chosen' : column.confidence} />}
        {target.to === 'acceptsMessages' && <p className="text-xs">{t('acceptsHint')}</p>}
        {column.sameNameAs !== null && target.to !== 'ignore' && <p className="text-xs">{t('sameName')}</p>}
      </div>
      {target.to === 'newField' && (
        <NewFieldEditor
          column={name}
          target={target}
          values={distinctValues(rows, index)}
          labels={fields.map((field) => field.label)}
          onChange={onChoose}
        />
      )}
      {column.notOptions && (
        <NotOptions
          found={column.notOptions}
          target={target}
          field={target.to === 'field' ? fields.find(({ key }) => key === target.key) : undefined}
          onChange={onChoose}
        />
      )}
    </li>
  );
}

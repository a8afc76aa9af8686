'use client';
/** One condition of a filter: of what, how compared, with what. */
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { ContactLeaf } from '#server/domain/contact/filter.ts';
import { ConditionValue } from './condition-value.tsx';
import { type KnownField, newCondition, operatorsOf, subjectOf, subjects } from './new-condition.ts';

interface ConditionRowProps {
  leaf: ContactLeaf;
  fields: readonly KnownField[];
  onChange: (leaf: ContactLeaf) => void;
  onRemove: () => void;
}

export function ConditionRow({ leaf, fields, onChange, onRemove }: ConditionRowProps) {
  const t = useTranslations('contacts.filter');
  const operators = operatorsOf(leaf, fields);
  const isDate = leaf.on === 'field' && fields.find(({ key }) => key === leaf.key)?.kind === 'date';
  const operatorLabel = (op: string) => {
    const own = `operatorsOf.${isDate ? 'date' : leaf.on}.${op}` as 'operatorsOf.replied.inLastDays';
    return t.has(own) ? t(own) : t(`operators.${op}` as 'operators.is');
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_2rem] items-start gap-2">
      <div className="grid gap-2 sm:grid-cols-[12.5rem_9.5rem_minmax(0,1fr)]">
        <Select
          aria-label={t('subject')}
          value={subjectOf(leaf)}
          options={[
            ...subjects.map((subject) => ({ value: subject as string, label: t(`subjects.${subject}`) })),
            ...fields.map((field) => ({ value: `field:${field.key}`, label: field.label })),
          ]}
          onValueChange={(subject) => onChange(newCondition(subject, fields))}
        />
        {'op' in leaf && (
          <Select
            aria-label={t('operator')}
            value={leaf.op as string}
            options={operators.map((op) => ({ value: op, label: operatorLabel(op) }))}
            onValueChange={(op) => onChange({ ...leaf, op } as ContactLeaf)}
          />
        )}
        <ConditionValue leaf={leaf} fields={fields} onChange={onChange} />
      </div>
      <IconButton label={t('removeCondition')} onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </li>
  );
}

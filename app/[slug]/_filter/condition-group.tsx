'use client';
/** Conditions that must all hold, or of which any, or none: with groups inside of it, one level deep. */
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Segmented } from '#app/_ui/segmented.tsx';
import { type ContactCondition, groupKinds } from '#server/domain/contact/filter.ts';
import { ConditionRow } from './condition-row.tsx';
import type { Group } from './filter-group.ts';
import { type KnownField, newCondition } from './new-condition.ts';

interface ConditionGroupProps {
  group: Group;
  fields: readonly KnownField[];
  onChange: (group: Group) => void;
  /** Of a group inside another. */
  onRemove?: () => void;
}

const mostConditions = 20;

export function ConditionGroup({ group, fields, onChange, onRemove }: ConditionGroupProps) {
  const t = useTranslations('contacts.filter');
  const list = useRef<HTMLUListElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  /** The place of the condition that gets the focus: a new one, or the one after a removed one. */
  const nextFocus = useRef<number | null>(null);
  const replace = (index: number, next: ContactCondition | null) => {
    if (next === null) nextFocus.current = index;
    onChange({ ...group, of: group.of.flatMap((part, place) => (place === index ? (next ?? []) : part)) });
  };
  const add = (part: ContactCondition) => {
    nextFocus.current = group.of.length;
    onChange({ ...group, of: [...group.of, part] });
  };
  const count = group.of.length;
  useEffect(() => {
    const place = nextFocus.current;
    nextFocus.current = null;
    if (place === null) return;
    const item = list.current?.children[Math.min(place, count - 1)];
    (item?.querySelector<HTMLElement>('button, input') ?? addButton.current)?.focus();
  }, [count]);
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label={t('match')}
        value={group.on}
        options={groupKinds.map((kind) => ({ value: kind, label: t(`groups.${kind}`) }))}
        onValueChange={(on) => onChange({ ...group, on })}
        className="self-start"
      />
      <ul ref={list} className="flex flex-col gap-3">
        {group.of.map((part, index) =>
          'of' in part ? (
            <li key={index} className="border-line border-l-2 pl-3">
              <ConditionGroup
                group={part}
                fields={fields}
                onChange={(next) => replace(index, next)}
                onRemove={() => replace(index, null)}
              />
            </li>
          ) : (
            <ConditionRow
              key={index}
              leaf={part}
              fields={fields}
              onChange={(next) => replace(index, next)}
              onRemove={() => replace(index, null)}
            />
          ),
        )}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button ref={addButton} size="sm" disabled={group.of.length >= mostConditions} onClick={() => add(newCondition('tags', fields))}>
          <Plus aria-hidden="true" />
          {t('addCondition')}
        </Button>
        {onRemove ? (
          <Button size="sm" variant="quiet" onClick={onRemove}>
            {t('removeGroup')}
          </Button>
        ) : (
          <Button
            size="sm"
            variant="quiet"
            disabled={group.of.length >= mostConditions}
            onClick={() => add({ on: 'any', of: [newCondition('tags', fields)] })}
          >
            {t('addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

'use client';
/** Contacts as columns, their values as lines. Where values differ, one of them is chosen; scrolls inside its own frame. */
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { DateTime } from '#app/_ui/date-time.tsx';
import { ScrollFrame } from '#app/_ui/scroll-frame.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { zoneName } from '#app/_ui/zone-name.ts';
import type { FieldValue } from '#server/domain/contact/fields.ts';
import { phoneText } from '../_form/phone-text.ts';
import type { Group } from './duplicate-list.tsx';
import { type Candidate, isDisputed, type MergeChoice, type ValueRow, winnerOf } from './merge-choice.ts';
import { RecordRows, RowHead } from './record-rows.tsx';

interface ComparisonTableProps {
  slug: string;
  group: Group;
  rows: readonly ValueRow[];
  choice: MergeChoice;
  nameOf: (contact: Candidate) => string;
  /** Of a member. */
  ownerName: (id: string) => string;
  /** Missing for those who may only look. */
  onChange?: (choice: MergeChoice) => void;
}

export function ComparisonTable({ slug, group, rows, choice, nameOf, ownerName, onChange }: ComparisonTableProps) {
  const t = useTranslations('duplicates');
  const tForm = useTranslations('contacts.form');
  const id = useId();
  const labels: Record<string, string> = {
    name: tForm('name'),
    phone: tForm('phone'),
    email: tForm('email'),
    externalId: tForm('externalId'),
    locale: tForm('locale'),
    timeZone: tForm('zone'),
    ownerId: tForm('owner'),
  };
  const textOf = (row: ValueRow, value: FieldValue | null): string => {
    if (value === null) return t(row.name === 'timeZone' ? 'automatic' : 'empty');
    if (typeof value === 'boolean') return tForm(value ? 'yes' : 'no');
    if (row.name === 'timeZone') return zoneName(String(value));
    if (row.name === 'ownerId') return ownerName(String(value));
    return row.name === 'phone' ? phoneText(String(value)) : String(value);
  };
  const include = (contactId: string, on: boolean) => {
    const included = new Set(choice.included);
    if (on) included.add(contactId);
    else included.delete(contactId);
    onChange?.({ ...choice, included });
  };
  return (
    <ScrollFrame label={t('group', { name: labelOf(group, nameOf), count: group.contacts.length })}>
      <table className="w-full border-separate border-spacing-0 text-left text-sm">
        <thead>
          <tr>
            <RowHead>
              <span className="text-muted text-xs">{t('value')}</span>
            </RowHead>
            {group.contacts.map((contact) => (
              <th key={contact.id} scope="col" className="min-w-36 border-line border-b px-2 py-2 align-top font-normal">
                <span className="flex flex-col items-start gap-1.5">
                  <TextLink
                    href={`/${slug}/contacts/${contact.id}`}
                    aria-label={`${t('open')}: ${nameOf(contact)}`}
                    className="break-words"
                  >
                    {nameOf(contact)}
                  </TextLink>
                  {onChange && (
                    <Choice
                      name={`${id}-keep`}
                      label={t('keepLabel', { name: nameOf(contact) })}
                      checked={choice.keepId === contact.id}
                      onChoose={() => onChange({ ...choice, keepId: contact.id, included: new Set([...choice.included, contact.id]) })}
                    >
                      {t('keep')}
                    </Choice>
                  )}
                  {onChange && group.contacts.length > 2 && (
                    <Checkbox
                      label={
                        <>
                          {t('include')}
                          <span className="sr-only"> {nameOf(contact)}</span>
                        </>
                      }
                      checked={choice.included.has(contact.id)}
                      disabled={choice.keepId === contact.id}
                      onCheckedChange={(on) => include(contact.id, on)}
                    />
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const label = row.field?.label ?? labels[row.name] ?? row.name;
            const winner = winnerOf(row, group, choice);
            const disputed = isDisputed(row, group, choice);
            return (
              <tr key={row.name}>
                <RowHead>{label}</RowHead>
                {group.contacts.map((contact) => {
                  const text = textOf(row, row.read(contact));
                  const takesPart = choice.included.has(contact.id);
                  const plain = (
                    <span
                      className={cn(row.name === 'phone' ? 'whitespace-nowrap' : 'break-words', row.read(contact) === null && 'text-muted')}
                    >
                      {text}
                    </span>
                  );
                  return (
                    <td key={contact.id} className={cn('border-line border-b px-2 py-2 align-top', !takesPart && 'text-muted')}>
                      {onChange && disputed && takesPart ? (
                        <Choice
                          name={`${id}-${row.name}`}
                          label={t('chooseLabel', { value: label, text })}
                          checked={winner === contact.id}
                          onChoose={() => onChange({ ...choice, values: { ...choice.values, [row.name]: contact.id } })}
                        >
                          {plain}
                        </Choice>
                      ) : (
                        plain
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          <RecordRows group={group} choice={choice} />
          <tr>
            <RowHead>{t('created')}</RowHead>
            {group.contacts.map((contact) => (
              <td key={contact.id} className="border-line border-b px-2 py-2 text-muted">
                <DateTime at={contact.createdAt} style="date" />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function labelOf(group: Group, nameOf: (contact: Candidate) => string): string {
  const [first] = group.contacts;
  return first ? nameOf(first) : '';
}

interface ChoiceProps {
  name: string;
  label: string;
  checked: boolean;
  onChoose: () => void;
  children: ReactNode;
}

/** A native radio: the arrow keys go over the cells of a line. */
function Choice({ name, label, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex min-h-6 cursor-pointer items-start gap-2">
      <input
        type="radio"
        name={name}
        aria-label={label}
        checked={checked}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-ink"
      />
      <span className={cn('min-w-0 break-words', checked && 'font-medium')}>{children}</span>
    </label>
  );
}

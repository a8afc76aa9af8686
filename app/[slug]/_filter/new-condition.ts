/** Conditions as the builder begins and offers them. */
import {
  consentOperators,
  type ContactLeaf,
  exactOperators,
  fieldOperators,
  importOperators,
  listOperators,
  noteOperators,
  recentOperators,
  sinceOperators,
  tagOperators,
  textOperators,
  yesNoOperators,
} from '#server/domain/contact/filter.ts';
import type { FieldKind } from '#server/domain/contact/fields.ts';

export interface KnownField {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly options: readonly string[] | null;
}

/** In the order of the menu. Custom fields come after them, as `field:key`. */
export const subjects = [
  'name',
  'email',
  'phone',
  'tags',
  'owner',
  'notes',
  'inSequence',
  'replied',
  'contacted',
  'created',
  'createdAt',
  'consent',
  'optedOut',
  'suppressed',
  'import',
  'segment',
  'search',
  'externalId',
  'locale',
  'timeZone',
] as const;
export type Subject = (typeof subjects)[number];

export function subjectOf(leaf: ContactLeaf): string {
  return leaf.on === 'field' ? `field:${leaf.key}` : leaf.on;
}

/** A condition on `subject`, not yet with what to compare. */
export function newCondition(subject: string, fields: readonly KnownField[]): ContactLeaf {
  const field = fields.find(({ key }) => subject === `field:${key}`);
  if (field)
    return {
      on: 'field',
      key: field.key,
      op: field.kind === 'choice' ? 'isAnyOf' : 'is',
      ...(field.kind === 'boolean' && { value: true }),
    };
  switch (subject as Subject) {
    case 'name':
    case 'email':
    case 'phone':
      return { on: subject as 'name', op: 'contains' };
    case 'externalId':
    case 'locale':
    case 'timeZone':
      return { on: subject as 'locale', op: 'is' };
    case 'notes':
      return { on: 'notes', op: 'contains' };
    case 'search':
      return { on: 'search', value: '' };
    case 'owner':
      return { on: 'owner', op: 'isAnyOf' };
    case 'inSequence':
      return { on: 'inSequence', op: 'is' };
    case 'replied':
      return { on: 'replied', op: 'inLastDays', days: 7 };
    case 'contacted':
      return { on: 'contacted', op: 'notInLastDays', days: 30 };
    case 'created':
      return { on: 'created', op: 'inLastDays', days: 7 };
    case 'createdAt':
      return { on: 'createdAt', op: 'since', at: '' };
    case 'consent':
      return { on: 'consent', op: 'given' };
    case 'optedOut':
    case 'suppressed':
      return { on: subject as 'optedOut', op: 'isNot' };
    case 'import':
      return { on: 'import', op: 'createdOrUpdated', importIds: [] };
    case 'segment':
      return { on: 'segment', op: 'is', segmentId: '' };
    default:
      return { on: 'tags', op: 'hasAny' };
  }
}

/** What can be asked of the condition's subject. */
export function operatorsOf(leaf: ContactLeaf, fields: readonly KnownField[]): readonly string[] {
  switch (leaf.on) {
    case 'name':
    case 'email':
    case 'phone':
      return textOperators;
    case 'externalId':
    case 'locale':
    case 'timeZone':
      return exactOperators;
    case 'owner':
      return listOperators;
    case 'notes':
      return noteOperators;
    case 'consent':
      return consentOperators;
    case 'import':
      return importOperators;
    case 'createdAt':
      return sinceOperators;
    case 'tags':
      return tagOperators;
    case 'field': {
      const kind = fields.find(({ key }) => key === leaf.key)?.kind ?? 'text';
      // Of a choice one option is a list of one.
      return fieldOperators[kind].filter((op) => kind !== 'choice' || (op !== 'is' && op !== 'isNot'));
    }
    case 'replied':
    case 'contacted':
    case 'created':
      return recentOperators;
    case 'inSequence':
    case 'optedOut':
    case 'suppressed':
    case 'segment':
      return yesNoOperators;
    default:
      return [];
  }
}

/** Whether the server would take it. */
export function isReady(leaf: ContactLeaf): boolean {
  if (leaf.on === 'search') return leaf.value.trim() !== '';
  if (leaf.on === 'consent') return isReadyConsent(leaf);
  if (!('op' in leaf) || leaf.op === 'isEmpty' || leaf.op === 'isNotEmpty') return true;
  if ('days' in leaf) return areDays(leaf.days);
  switch (leaf.on) {
    case 'owner':
      return (leaf.memberIds ?? []).length > 0;
    case 'tags':
      return (leaf.tags ?? []).length > 0;
    case 'import':
      return leaf.importIds.length > 0;
    case 'segment':
      return leaf.segmentId !== '';
    case 'createdAt':
      return leaf.at !== '';
    case 'field':
      return leaf.op === 'isAnyOf' || leaf.op === 'isNoneOf'
        ? (leaf.values ?? []).length > 0
        : leaf.value !== undefined && leaf.value !== '';
    case 'name':
    case 'email':
    case 'phone':
    case 'notes':
    case 'externalId':
    case 'locale':
    case 'timeZone':
      return (leaf.value ?? '').trim() !== '';
    default:
      return true;
  }
}

function isReadyConsent({ since, inLastDays }: Extract<ContactLeaf, { on: 'consent' }>): boolean {
  return since !== '' && (inLastDays === undefined || areDays(inLastDays));
}

function areDays(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= 3_650;
}

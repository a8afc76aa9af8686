/** From a filter as it was given to the one tree of conditions that the database is asked: segments written out, phones
 *  in E.164, custom fields held against their kinds. */
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import { DomainError } from '#server/platform/errors.ts';
import { normalizePhone } from '../address/phone.ts';
import { type FieldKind, parseFieldValue } from './fields.ts';
import {
  type ContactCondition,
  type ContactLeaf,
  fieldOperators,
  leavesOf,
  mostStoredConditions,
  deepestStored,
  depthOf,
} from './filter.ts';
import type { ContactFilter } from './schema.ts';
import { digitsOf } from './search.ts';

export interface FilterFacts {
  /** Of phones without a +. */
  readonly country: string;
  readonly fields: readonly {
    readonly key: string;
    readonly label: string;
    readonly kind: FieldKind;
    readonly options: readonly string[] | null;
  }[];
  readonly segments: readonly { readonly id: string; readonly name: string; readonly filter: ContactFilter }[];
}

/** All that `filter` asks as one condition; null when it asks nothing. Segments stay as they are named. */
export function conditionOf(filter: ContactFilter): ContactCondition | null {
  const search = filter.search?.trim();
  const tag = filter.tag?.trim();
  const parts: ContactCondition[] = [];
  if (filter.where) parts.push(filter.where);
  if (filter.segmentId) parts.push({ on: 'segment', op: 'is', segmentId: filter.segmentId });
  if (filter.externalId !== undefined) parts.push({ on: 'externalId', op: 'is', value: filter.externalId });
  if (tag) parts.push({ on: 'tags', op: 'hasAny', tags: [tag] });
  if (search) parts.push({ on: 'search', value: search });
  return parts.length > 1 ? { on: 'all', of: parts } : (parts[0] ?? null);
}

/** Throws `invalid`, with `details.problem`: `segmentUnknown`, `segmentLoop`, `fieldUnknown`, `fieldInvalid`, `operatorUnfit`,
 *  `filterTooLarge`. */
export function writtenOut(filter: ContactFilter, facts: FilterFacts): ContactCondition | null {
  const condition = conditionOf(filter);
  const written = condition && writeOut(condition, facts, []);
  if (written && (leavesOf(written).length > mostStoredConditions || depthOf(written) > deepestStored)) {
    throw refusal(
      'filterTooLarge',
      'The segments of this filter have too many conditions together, or too deep within each other. Use fewer of them.',
      {},
    );
  }
  return written;
}

/** `within`: the segments that are being written out. */
function writeOut(condition: ContactCondition, facts: FilterFacts, within: readonly string[]): ContactCondition {
  if ('of' in condition) return { on: condition.on, of: condition.of.map((part) => writeOut(part, facts, within)) };
  switch (condition.on) {
    case 'segment':
      return segmentWritten(condition, facts, within);
    case 'search':
      return searchWritten(condition, facts.country);
    case 'phone':
      return phoneWritten(condition, facts.country);
    case 'field':
      return fieldWritten(condition, facts);
    default:
      return condition;
  }
}

function segmentWritten(
  { op, segmentId }: Extract<ContactLeaf, { on: 'segment' }>,
  facts: FilterFacts,
  within: readonly string[],
): ContactCondition {
  const segment = facts.segments.find(({ id }) => id === segmentId);
  if (!segment) throw refusal('segmentUnknown', 'A segment of this filter was deleted. Take it out of the filter.', { segmentId });
  if (within.includes(segmentId)) {
    throw refusal('segmentLoop', `The segment "${segment.name}" would be part of itself. Take it out of the filter.`, { segmentId });
  }
  const condition = conditionOf(segment.filter);
  const inner = condition ? [writeOut(condition, facts, [...within, segmentId])] : [];
  if (op === 'is') return { on: 'all', of: inner };
  // A segment of everybody leaves nobody.
  return inner.length > 0 ? { on: 'none', of: inner } : { on: 'any', of: [] };
}

/** What can be read as a whole phone is also sought as that phone: an old mobile without its 9, a carrier's code in front. What may be
 *  the beginning of one, as that of a phone of the workspace's country. */
function searchWritten(leaf: Extract<ContactLeaf, { on: 'search' }>, country: string): ContactCondition {
  const phone = normalizePhone(leaf.value, country);
  if (phone.ok) return { on: 'any', of: [leaf, { on: 'phone', op: 'is', value: phone.phone }] };
  const digits = leaf.value.includes('+') ? null : digitsOf(leaf.value.trim());
  if (digits === null || !isSupportedCountry(country)) return leaf;
  const value = `+${getCountryCallingCode(country as CountryCode)}${digits}`;
  return { on: 'any', of: [leaf, { on: 'phone', op: 'startsWith', value }] };
}

function phoneWritten(leaf: Extract<ContactLeaf, { on: 'phone' }>, country: string): ContactCondition {
  if (leaf.value === undefined) return leaf;
  if (leaf.op === 'is' || leaf.op === 'isNot') {
    const phone = normalizePhone(leaf.value, country);
    return phone.ok ? { ...leaf, value: phone.phone } : leaf;
  }
  const digits = leaf.value.replace(/\D/g, '').replace(/^0+/, '');
  if (digits === '') throw refusal('operatorUnfit', 'A condition on the phone needs digits to look for.', { field: 'phone' });
  const national = leaf.op === 'startsWith' && !leaf.value.startsWith('+') && isSupportedCountry(country);
  return { ...leaf, value: national ? `+${getCountryCallingCode(country as CountryCode)}${digits}` : digits };
}

function fieldWritten(leaf: Extract<ContactLeaf, { on: 'field' }>, { fields }: FilterFacts): ContactCondition {
  const field = fields.find(({ key }) => key === leaf.key);
  if (!field) throw refusal('fieldUnknown', `There is no contact field "${leaf.key}". Take it out of the filter.`, { field: leaf.key });
  if (!(fieldOperators[field.kind] as readonly string[]).includes(leaf.op)) {
    throw refusal('operatorUnfit', `"${field.label}" is of the kind ${field.kind}, of which ${leaf.op} cannot be asked.`, {
      field: leaf.key,
      kind: field.kind,
    });
  }
  if (leaf.value === undefined || field.kind === 'text' || field.kind === 'choice') return leaf;
  const value = parseFieldValue(field.kind, leaf.value);
  if (value === undefined) {
    throw refusal('fieldInvalid', `"${field.label}" wants a ${field.kind}; the value in the filter is none.`, {
      field: leaf.key,
      kind: field.kind,
    });
  }
  return { ...leaf, value };
}

function refusal(problem: string, message: string, details: Record<string, unknown>): DomainError {
  return new DomainError('invalid', message, { ...details, problem });
}

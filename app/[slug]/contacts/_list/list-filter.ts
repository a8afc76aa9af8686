/** The filter and the order of the list, as they stand in the address. */
import { type ContactCondition, contactConditionSchema } from '#server/domain/contact/filter.ts';
import { contactSorts, type ContactSort } from '#server/domain/contact/schema.ts';

export interface ListFilter {
  search?: string;
  tag?: string;
  segmentId?: string;
  where?: ContactCondition;
}

export interface ListView {
  filter: ListFilter;
  sort: ContactSort;
}

/** What is not understood is left out: an address may be old, or typed by hand. */
export function viewOf(params: Readonly<Record<string, string | string[] | undefined>>): ListView {
  const text = (name: string, longest: number) => {
    const value = params[name];
    return typeof value === 'string' ? value.trim().slice(0, longest) : '';
  };
  const search = text('search', 200);
  const tag = text('tag', 60);
  const segmentId = /^[0-9a-f-]{36}$/.exec(text('segment', 36))?.[0];
  const where = conditionOf(text('where', 20_000));
  const sort = contactSorts.find((known) => known === params['sort']) ?? 'created';
  return { filter: { ...(search && { search }), ...(tag && { tag }), ...(segmentId && { segmentId }), ...(where && { where }) }, sort };
}

function conditionOf(json: string): ContactCondition | null {
  try {
    return contactConditionSchema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

export function addressOf(path: string, { filter, sort }: ListView): string {
  const params = new URLSearchParams();
  if (filter.search) params.set('search', filter.search);
  if (filter.tag) params.set('tag', filter.tag);
  if (filter.segmentId) params.set('segment', filter.segmentId);
  if (filter.where) params.set('where', JSON.stringify(filter.where));
  if (sort !== 'created') params.set('sort', sort);
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}

export function isFiltered(filter: ListFilter): boolean {
  return Object.keys(filter).length > 0;
}

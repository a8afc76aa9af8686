/** The filter of the list, as it stands in the address. */
export const filterStatuses = ['draft', 'running', 'paused', 'archived'] as const;

export interface ListFilter {
  search?: string;
  status?: (typeof filterStatuses)[number];
}

export function filterOf(params: Readonly<Record<string, string | string[] | undefined>>): ListFilter {
  const search = typeof params['search'] === 'string' ? params['search'].trim().slice(0, 120) : '';
  const status = filterStatuses.find((known) => known === params['status']);
  return { ...(search && { search }), ...(status && { status }) };
}

export function addressOf(path: string, filter: ListFilter): string {
  const params = new URLSearchParams(Object.entries(filter));
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}

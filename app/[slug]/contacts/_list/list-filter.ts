/** The filter of the list, as it stands in the address. */
export interface ListFilter {
  search?: string;
  tag?: string;
}

export function filterOf(params: Readonly<Record<string, string | string[] | undefined>>): ListFilter {
  const text = (name: string, longest: number) => {
    const value = params[name];
    return typeof value === 'string' ? value.trim().slice(0, longest) : '';
  };
  const search = text('search', 200);
  const tag = text('tag', 60);
  return { ...(search && { search }), ...(tag && { tag }) };
}

export function addressOf(path: string, filter: ListFilter): string {
  const params = new URLSearchParams(Object.entries(filter));
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}

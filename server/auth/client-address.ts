/** Where a request comes from, as far as it can be known: used for throttling and for the list of sessions. */

export interface ClientAddress {
  /** The address that the nearest proxy saw, else the socket's; `unknown` when neither is given. */
  readonly ip: string;
  readonly userAgent: string | null;
}

type HeaderSource = Headers | Record<string, string | string[] | undefined>;

export function clientAddress(source: HeaderSource): ClientAddress {
  // Every proxy appends what it saw, so the last entry is the only one that the caller cannot write.
  const ip = headerOf(source, 'x-forwarded-for')?.split(',').at(-1)?.trim();
  return { ip: ip ? ip.slice(0, 64) : 'unknown', userAgent: headerOf(source, 'user-agent')?.slice(0, 300) ?? null };
}

function headerOf(source: HeaderSource, name: string): string | null {
  if (source instanceof Headers) return source.get(name);
  const value = source[name];
  return (Array.isArray(value) ? value.at(-1) : value) ?? null;
}

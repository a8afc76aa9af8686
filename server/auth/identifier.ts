/** The one form in which an e-mail address identifies a person. */

/** `typed` as NFKC, trimmed, in lower case; null unless it holds exactly one `@`, in ASCII, with text on both sides. */
export function normalizeIdentifier(typed: string): string | null {
  const address = typed.normalize('NFKC').trim().toLowerCase();
  if (address.length > 254 || /[\s\p{C},;<>"]/u.test(address)) return null;
  const [local, domain, ...rest] = address.split('@');
  if (!local || !domain || rest.length > 0) return null;
  // NFKC folds the full-width @ into the ASCII one: an address typed with it is another address.
  if (!typed.includes('@')) return null;
  if (!/^[^.]+(\.[^.]+)+$/.test(domain)) return null;
  return address;
}

/** The name of a workspace as it stands in addresses: `Clínica São José` → `clinica-sao-jose`. */
import { withoutAccents } from '../without-accents.ts';

/** First path segments that belong to the product itself. */
const reserved = new Set(['api', 'first-run', 'sign-in', 'invite', 'account', 'gallery', 'public', 'static', 'health']);

/** Lower-case ASCII words joined by hyphens, at most 48 characters; `espaco` when nothing is left. */
export function workspaceSlug(name: string): string {
  const slug = withoutAccents(name.normalize('NFKC'))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  if (slug === '') return 'espaco';
  return reserved.has(slug) ? `${slug}-1` : slug;
}

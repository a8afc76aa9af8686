/** The wizard with an import that was begun. */
export function addressOfDraft(slug: string, importId: string, step = 'format'): string {
  return `/${slug}/contacts/import?import=${importId}&step=${step}`;
}

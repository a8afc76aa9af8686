/** The wizard with an import that was begun. `mends`: the import whose refused rows it brings back, where somebody has said so. */
export function addressOfDraft(slug: string, importId: string, step = 'format', mends: string | null = null): string {
  const query = new URLSearchParams({ import: importId, step, ...(mends !== null && { mends }) });
  return `/${slug}/contacts/import?${query}`;
}

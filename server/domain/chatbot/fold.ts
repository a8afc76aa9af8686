/** Text as people mean it: without accents, case, punctuation at the ends, or doubled spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,;:!?()[\]"'*]+|[\s.,;:!?()[\]"'*]+$/g, '');
}

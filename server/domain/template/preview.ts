/** A text with its gaps made visible: where a variable has no value, its name stands between two marks. */

const open = '\uE000';
const close = '\uE001';

export interface PreviewPart {
  readonly kind: 'text' | 'missing';
  /** The text, or the name of the variable that has no value. */
  readonly text: string;
}

export function markMissing(variable: string): string {
  return `${open}${variable}${close}`;
}

/** Cuts a marked text into what will be read and what is missing. */
export function splitMarks(text: string): PreviewPart[] {
  return text
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(open) ? { kind: 'missing', text: part.slice(1, -1) } : { kind: 'text', text: part }));
}

/** The same in HTML, whose names are escaped already. */
export function markHtml(html: string): string {
  return html.replace(/\uE000([^\uE001]*)\uE001/g, '<mark>$1</mark>');
}

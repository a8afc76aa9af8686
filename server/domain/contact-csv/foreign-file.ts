/** Files that people send by mistake in place of a CSV, by how they begin. */

export type ForeignFile = 'workbook' | 'other';

/** How files begin, in hexadecimal: gzip, images, archives, databases. */
const signatures = [
  '1f8b',
  '89504e47',
  'ffd8ff',
  '47494638',
  '52617221',
  '377abcaf271c',
  '28b52ffd',
  'fd377a58',
  '504b0506',
  '53514c69746520',
];
const written = /^\s*(?:%PDF|\{\\rtf|\[?\s*\{\s*"|BEGIN:VCARD|<(?:!doctype|\?xml|html|head|body|meta|style|table|div|workbook)\b)/i;
/** So much of a file is looked at. */
const looked = 4_096;

/** What begins with `start` (a file's first bytes, expanded): a workbook, something else that is no table of text, or null for what may
 *  be a CSV. */
export function foreignFile(start: Uint8Array): ForeignFile | null {
  const hex = Buffer.from(start.subarray(0, 8)).toString('hex');
  if (hex.startsWith('504b0304')) return /^[^/]+\.(?:csv|tsv|txt|gz)$/i.test(firstInZip(start)) ? 'other' : 'workbook';
  if (hex.startsWith('d0cf11e0')) return 'workbook';
  if (signatures.some((signature) => hex.startsWith(signature))) return 'other';
  return written.test(new TextDecoder().decode(start.subarray(0, 64))) || isBinary(start.subarray(0, looked)) ? 'other' : null;
}

/** The name of the first file in a ZIP archive. Source: APPNOTE.TXT, 4.3.7. */
function firstInZip(start: Uint8Array): string {
  const length = (start[26] ?? 0) + 256 * (start[27] ?? 0);
  return new TextDecoder().decode(start.subarray(30, 30 + length));
}

/** Text has hardly any control characters, and not all kinds of them; zeros may be of UTF-16, or filled up. */
function isBinary(start: Uint8Array): boolean {
  const controls = start.filter((byte) => (byte > 0 && byte < 9) || (byte > 13 && byte < 26) || (byte > 27 && byte < 32));
  return controls.length * 50 > start.length && new Set(controls).size >= 8;
}

/** Values of custom fields as text that our own import reads as the same values. */
import type { FieldValue } from '../contact/fields.ts';

export interface TextStyle {
  /** What spreadsheets of the reader write between whole number and fraction. */
  readonly decimal: ',' | '.';
  readonly yes: string;
  readonly no: string;
}

export function fieldText(value: FieldValue | null | undefined, style: TextStyle): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? style.yes : style.no;
  return typeof value === 'number' ? numberText(value, style.decimal) : value;
}

/** Without exponent and groups. `1.125` could be one thousand and more: a zero behind it says that it is not. */
export function numberText(value: number, decimal: ',' | '.'): string {
  const [whole = '', fraction = ''] = plainDigits(value).split('.');
  if (fraction === '') return whole;
  return `${whole}${decimal}${decimal === '.' && fraction.length === 3 ? `${fraction}0` : fraction}`;
}

/** `1e-7` as `0.0000001`, `1.5e21` as 1500000000000000000000. */
function plainDigits(value: number): string {
  const text = String(value);
  const [mantissa = '', power] = text.split('e');
  if (power === undefined) return text;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(power);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

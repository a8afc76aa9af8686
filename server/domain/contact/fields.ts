/** Custom fields of contacts: their kinds, and values as people and programs give them. */
import { z } from 'zod';
import { withoutAccents } from '../without-accents.ts';

/** A choice has its options beside it; the other kinds say by themselves which values fit. */
export const fieldKinds = ['text', 'number', 'date', 'boolean', 'choice'] as const;
export type FieldKind = (typeof fieldKinds)[number];
export type FieldValue = string | number | boolean;

export const fieldKeySchema = z
  .string()
  .max(64)
  .regex(/^[a-z][a-zA-Z0-9_]*$/, 'must start with a small letter and have only letters, digits and _')
  .refine((key) => !isOfEveryObject(key), 'must not be the name of something that every object has');

/** `constructor`, `toString` …: a contact without such a field would seem to have it. */
function isOfEveryObject(key: string): boolean {
  return key in Object.prototype;
}

/** The kind of each field, by its key. */
export function kindsByKey(fields: readonly { readonly key: string; readonly kind: FieldKind }[]): ReadonlyMap<string, FieldKind> {
  return new Map(fields.map(({ key, kind }) => [key, kind]));
}

const longestText = 2_000;

/** `raw` as a value of `kind`, or undefined when it is none. Numbers with a comma and Brazilian dates are understood;
 *  dates become YYYY-MM-DD; yes and no are understood in Portuguese and English; a choice is one of `options`, found without
 *  case and accents. */
export function parseFieldValue(kind: FieldKind, raw: FieldValue, options: readonly string[] = []): FieldValue | undefined {
  if (kind === 'choice') return choiceFrom(String(raw), options);
  if (kind === 'text') return textValue(String(raw));
  if (kind === 'number') return typeof raw === 'number' ? finite(raw) : typeof raw === 'string' ? numberFrom(raw.trim()) : undefined;
  if (kind === 'boolean') return typeof raw === 'boolean' ? raw : booleanFrom(String(raw));
  return typeof raw === 'string' ? dateFrom(raw.trim()) : undefined;
}

function textValue(text: string): string | undefined {
  const clean = text.replaceAll('\u0000', '').trim();
  return clean.length <= longestText ? clean : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** `1234.5`, `1234,5`, `1.234,50`, `1,234.50`, `R$ 1.234,50`: the last separator is the decimal one. Read the Brazilian
 *  way where it could be either: `1.500` is one thousand five hundred, `1,500` is one and a half. A whole number with more digits than a
 *  number keeps is none: its last ones would be lost. */
function numberFrom(text: string): number | undefined {
  const bare = text.replace(/^(R\$|US\$|\$|€)/, '').replace(/[\s\u00a0]/g, '');
  if (!/^-?\d[\d.,]*$/.test(bare)) return undefined;
  if (/^-?[1-9]\d{0,2}(\.\d{3})+$/.test(bare)) return wholeFrom(bare.replaceAll('.', ''));
  if (/^-?\d+$/.test(bare)) return wholeFrom(bare);
  const lastDot = bare.lastIndexOf('.');
  const lastComma = bare.lastIndexOf(',');
  const decimal = lastComma > lastDot ? ',' : '.';
  const group = decimal === ',' ? '.' : ',';
  const parts = bare.replaceAll(group, '').split(decimal);
  return parts.length > 2 ? undefined : finite(Number(parts.join('.')));
}

function wholeFrom(text: string): number | undefined {
  const value = Number(text);
  return digitsThatCount(String(value)) === digitsThatCount(text) ? finite(value) : undefined;
}

/** Without sign, point, exponent and the zeros around. */
function digitsThatCount(text: string): string {
  return text
    .replace(/e.*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
}

function choiceFrom(text: string, options: readonly string[]): string | undefined {
  const wanted = foldedOption(text);
  return options.find((option) => option === text) ?? options.find((option) => foldedOption(option) === wanted);
}

/** One for all spellings of an option that are taken for the same. */
export function foldedOption(text: string): string {
  return withoutAccents(text).trim().toLowerCase();
}

function booleanFrom(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['true', 'sim', 's', 'yes', 'y', '1', 'verdadeiro', 'x'].includes(word)) return true;
  if (['false', 'não', 'nao', 'n', 'no', '0', 'falso'].includes(word)) return false;
  return undefined;
}

function dateFrom(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  if (!year || !month || !day) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return z.iso.date().safeParse(date).success ? date : undefined;
}

/** A key for a field that people call `label`: `Data de nascimento` → `dataDeNascimento`. Never empty. */
export function fieldKeyFrom(label: string): string {
  const words = withoutAccents(label)
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean);
  const joined = words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join('');
  if (joined === '') return 'field';
  const isKey = /^[a-z]/.test(joined) && !isOfEveryObject(joined);
  return (isKey ? joined : `f${joined}`).slice(0, 64);
}

/** The filters a text may use. All but `default` hand a missing value on, so that it is still missing at the end of the chain. */
import { type Context, filters as builtIn } from 'liquidjs';
import { DateTime } from 'luxon';
import { firstNameOf } from './variables.ts';

/** How the values of one rendering are written: kept beside the scope, out of the template's reach. */
export interface Style {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
}

export const styleRegister = 'andante.style';

type Handler = (this: { context: Context }, value: unknown, ...args: unknown[]) => unknown;

const ownFilters: Record<string, Handler> = {
  first_name: (value) => firstNameOf(String(value)),
  date(value, form) {
    return formatDate(value, form === undefined ? 'short' : String(form), styleOf(this.context));
  },
  number(value, decimals) {
    const digits = decimals === undefined ? undefined : clampDigits(decimals);
    const options = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return formatNumber(value, styleOf(this.context).locale, options);
  },
  money(value, currency) {
    const style = styleOf(this.context);
    const code = currency === undefined ? style.currency : String(currency).toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) throw new Error(`"${String(currency)}" is not a currency code like BRL`);
    return formatNumber(value, style.locale, { style: 'currency', currency: code });
  },
};

const borrowed = [
  'append',
  'prepend',
  'capitalize',
  'downcase',
  'upcase',
  'strip',
  'truncate',
  'replace',
  'remove',
  'url_encode',
  'plus',
  'minus',
  'times',
  'divided_by',
  'round',
  'size',
  'split',
  'join',
  'first',
  'last',
] as const;

/** Every allowed filter by name, as liquidjs wants them. */
export const allowedFilters: Record<string, Handler> = {
  ...Object.fromEntries(borrowed.map((name) => [name, handingOn(builtIn[name] as unknown as Handler)])),
  ...Object.fromEntries(Object.entries(ownFilters).map(([name, handler]) => [name, handingOn(handler)])),
  default: (value, fallback) => (isMissing(value) || value === '' || value === false ? fallback : value),
};

export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function handingOn(handler: Handler): Handler {
  return function (value, ...args) {
    return isMissing(value) ? null : handler.call(this, value, ...args);
  };
}

function styleOf(context: Context): Style {
  return context.getRegister<Style>(styleRegister);
}

function clampDigits(value: unknown): number {
  const digits = Math.trunc(Number(value));
  return Number.isFinite(digits) ? Math.min(Math.max(digits, 0), 6) : 0;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
function formatNumber(value: unknown, locale: string, options: Intl.NumberFormatOptions): unknown {
  const number = typeof value === 'number' ? value : parseNumber(String(value));
  if (number === null) return value;
  const key = `${locale}|${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, options);
    if (numberFormats.size < 500) numberFormats.set(key, format);
  }
  return format.format(number);
}

/** `1234.5`, `1.234,50` and `1,234.50` are numbers; anything else is not, and is left as it was written. */
function parseNumber(text: string): number | null {
  const compact = text.replace(/\s/g, '');
  const plain = /^-?\d+(\.\d+)?$/.test(compact)
    ? compact
    : /^-?\d{1,3}(\.\d{3})*(,\d+)?$/.test(compact) || /^-?\d+,\d+$/.test(compact)
      ? compact.replaceAll('.', '').replace(',', '.')
      : /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(compact)
        ? compact.replaceAll(',', '')
        : null;
  return plain === null ? null : Number(plain);
}

const namedForms: Record<string, Intl.DateTimeFormatOptions> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  time: { hour: '2-digit', minute: '2-digit' },
  datetime: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
};

const strftimeTokens: Record<string, string> = {
  d: 'dd',
  e: 'd',
  m: 'MM',
  y: 'yy',
  Y: 'yyyy',
  H: 'HH',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  p: 'a',
  A: 'cccc',
  a: 'ccc',
  B: 'LLLL',
  b: 'LLL',
  '%': "'%'",
};

/** A date without a zone is a date of the contact's own calendar; an instant is told in the contact's zone. */
function formatDate(value: unknown, form: string, style: Style): unknown {
  const at = parseDate(value, style.timeZone);
  if (!at) return value;
  const local = at.setLocale(style.locale);
  const named = namedForms[form];
  if (named) return local.toLocaleString(named);
  if (!form.includes('%')) {
    throw new Error(`"${form}" is not a date form: use ${Object.keys(namedForms).join(', ')}, or codes like %d/%m/%Y`);
  }
  return form.replace(/%([a-zA-Z%])/g, (code, letter: string) => {
    const token = strftimeTokens[letter];
    if (!token) throw new Error(`"${code}" is not a date code we know`);
    return local.toFormat(token);
  });
}

function parseDate(value: unknown, zone: string): DateTime | null {
  const text = String(value);
  const iso = DateTime.fromISO(text, { zone });
  if (iso.isValid && /^\d{4}-\d{2}-\d{2}/.test(text)) return iso;
  const brazilian = DateTime.fromFormat(text, 'd/M/yyyy', { zone });
  return brazilian.isValid ? brazilian : null;
}

/** Phones as people write them, made into E.164. Brazilian numbers take a fast path of our own (millions a second);
 *  all others go through libphonenumber. Rules of the ninth digit: Anatel, Resolução 553/2010. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { dddZones } from './ddd-zones.ts';
import { areSeveral, withoutLabel } from './phone-labels.ts';

export const phoneProblems = [
  /** A spreadsheet turned it into a rounded number: `5,51E+12`. */
  'phoneExcelDamage',
  'phoneNoAreaCode',
  'phoneSeveral',
  'phoneInvalid',
] as const;
export type PhoneProblem = (typeof phoneProblems)[number];

/** `ninthDigitAdded`: an old mobile of eight digits got the 9 that all Brazilian mobiles have had since 2016. */
export type PhoneNotice = 'ninthDigitAdded';

export type PhoneResult =
  | { readonly ok: true; readonly phone: string; readonly country: string | null; readonly notice: PhoneNotice | null }
  | { readonly ok: false; readonly problem: PhoneProblem };

const excelDamage = /^'?\d+(?:[.,]\d+)?e\+?\d+$/i;
const plainPhone = /^\+?[\d\s()./\u2010-\u2015-]+$/;
const several = /(?:\d\D*){8}(?:[;|,/]|\s(?:ou|e|or|and)\s)(?:\D*\d){8}/i;
const longestPhone = 80;

/** `raw` as E.164, or why not. `country`: ISO code of the country that a number without `+` belongs to. */
export function normalizePhone(raw: string, country: string): PhoneResult {
  const text = raw
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .trim();
  if (text.length > longestPhone) return refuse('phoneInvalid');
  if (excelDamage.test(text)) return refuse('phoneExcelDamage');
  if (several.test(text)) return refuse('phoneSeveral');
  // A spreadsheet's text mark, a whole number written as a decimal, a link copied from a page, …
  const bare = text
    .replace(/^'/, '')
    // The country in brackets, and the place of the carrier's code as it is printed.
    .replace(/^\(\+(\d{1,3})\)/, '+$1')
    .replace(/\b0xx(?=\d)/i, '0')
    .replace(/^(\d{8,15})[.,]0{1,2}$/, '$1')
    .replace(/^(?:tel|whatsapp):/i, '');
  if (plainPhone.test(bare)) {
    const digits = bare.replace(/\D/g, '');
    if (bare.startsWith('+')) return digits.startsWith('55') ? brazilian(digits.slice(2)) : foreign(`+${digits}`, country);
    if (digits.startsWith('00')) return digits.startsWith('0055') ? brazilian(digits.slice(4)) : foreign(`+${digits.slice(2)}`, country);
    if (country === 'BR') {
      const withCountry = digits.startsWith('55') && digits.length >= 12;
      return brazilian(withCountry ? digits.slice(2) : digits);
    }
  } else {
    const inside = withoutLabel(bare);
    if (inside !== null && inside !== bare) return normalizePhone(inside, country);
    if (areSeveral(bare)) return refuse('phoneSeveral');
  }
  return foreign(bare, country);
}

/** `national`: digits after the country code. A leading 0 is the trunk prefix; two more digits are a carrier's code. */
function brazilian(national: string): PhoneResult {
  let digits = national.startsWith('0') ? national.slice(1) : national;
  if (national.startsWith('0') && (digits.length === 12 || digits.length === 13)) digits = digits.slice(2);
  if (digits.length === 8 || digits.length === 9) return refuse('phoneNoAreaCode');
  if (!(digits.slice(0, 2) in dddZones)) return refuse('phoneInvalid');
  if (digits.length === 11 && digits[2] === '9') return accept(`+55${digits}`);
  if (digits.length !== 10) return refuse('phoneInvalid');
  const first = digits[2] ?? '';
  if (first >= '2' && first <= '5') return accept(`+55${digits}`);
  if (first >= '6') return accept(`+55${digits.slice(0, 2)}9${digits.slice(2)}`, 'ninthDigitAdded');
  return refuse('phoneInvalid');
}

function foreign(text: string, country: string): PhoneResult {
  const number = parsePhoneNumberFromString(text, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country as CountryCode } : {}),
  });
  // Whoever answers below an extension is reached by nothing that we send.
  if (!number?.isValid() || number.ext) return refuse('phoneInvalid');
  return { ok: true, phone: number.number, country: number.country ?? null, notice: null };
}

function accept(phone: string, notice: PhoneNotice | null = null): PhoneResult {
  return { ok: true, phone, country: 'BR', notice };
}

function refuse(problem: PhoneProblem): PhoneResult {
  return { ok: false, problem };
}

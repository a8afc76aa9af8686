/** Which contacts are possibly one person, and why. A suggestion: a member decides. Pure; `db/queries/duplicates.ts` finds the
 *  candidates among many contacts, and this judges them. */
import { fold } from '../chatbot/fold.ts';
import type { FieldKind } from './fields.ts';

export const duplicateReasons = [
  /** One phone in two forms: a Brazilian mobile without its ninth digit, a Mexican one with the old 1, an Argentine one with the 9. */
  'phone',
  /** One mailbox in two spellings: dots and what follows a + say nothing at some hosts. */
  'email',
  /** The same full name, and born on the same day. */
  'nameAndBirthday',
  /** The same full name, at the same company. */
  'nameAndCompany',
  /** The only two of that full name with one address each: here a phone, there an e-mail. */
  'nameAndChannel',
] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** What is compared of a contact. `birthday` and `company`: the values of the fields that `factFields` names. */
export interface DuplicateSubject {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly company: string | null;
}

export interface DuplicateGroup {
  /** In the order of ids. */
  readonly contactIds: readonly string[];
  readonly reasons: readonly DuplicateReason[];
}

/** The keys of the custom fields that tell two people of one name apart; null where the workspace has none. */
export interface FactFields {
  readonly birthday: string | null;
  readonly company: string | null;
}

/** The most contacts of one group. So many who share a name and a fact share a habit of whoever typed them. */
export const largestGroup = 20;

/** Hosts that deliver `ana+anything` to `ana`, by their own documentation. */
export const plusHosts = ['gmail.com', 'outlook.com', 'hotmail.com', 'live.com', 'icloud.com', 'me.com'] as const;

const birthdayWords = /nascimento|aniversario|birth|^dob$/;
const companyWords = /empresa|companhia|organizacao|company|organi[sz]ation/;

/** Goes by what the fields are called. */
export function factFields(fields: readonly { readonly key: string; readonly label: string; readonly kind: FieldKind }[]): FactFields {
  const called = (words: RegExp, kind: FieldKind): string | null =>
    fields.find((field) => field.kind === kind && (words.test(fold(field.key)) || words.test(fold(field.label))))?.key ?? null;
  return { birthday: called(birthdayWords, 'date'), company: called(companyWords, 'text') };
}

/** The form in which two phones of one line are equal. */
export function phoneKey(phone: string): string {
  const brazil = /^\+55([1-9]\d)([6-9]\d{7})$/.exec(phone);
  if (brazil) return `+55${brazil[1]}9${brazil[2]}`;
  if (/^\+521\d{10}$/.test(phone)) return `+52${phone.slice(4)}`;
  if (/^\+549\d{10}$/.test(phone)) return `+54${phone.slice(4)}`;
  return phone;
}

/** The form in which two addresses of one mailbox are equal. */
export function mailboxKey(email: string): string {
  const [local = '', host = ''] = email.toLowerCase().split('@');
  const domain = host === 'googlemail.com' ? 'gmail.com' : host;
  const bare = (plusHosts as readonly string[]).includes(domain) ? (local.split('+')[0] ?? local) : local;
  return `${domain === 'gmail.com' ? bare.replaceAll('.', '') : bare}@${domain}`;
}

/** A name that can stand for one person: two words or more, without case and accents. Null for any other. */
export function nameKey(name: string | null): string | null {
  const folded = fold(name ?? '');
  return folded.includes(' ') ? folded : null;
}

/** Contacts that share a key are possibly the same. */
export function duplicateKeys(subject: DuplicateSubject): { readonly reason: DuplicateReason; readonly key: string }[] {
  const { phone, email, birthday, company } = subject;
  const name = nameKey(subject.name);
  const ofName = (reason: DuplicateReason, fact: string | null) =>
    name !== null && fact !== null && fact !== '' ? [{ reason, key: `${name}\n${fact}` }] : [];
  return [
    ...(phone === null ? [] : [{ reason: 'phone' as const, key: phoneKey(phone) }]),
    ...(email === null ? [] : [{ reason: 'email' as const, key: mailboxKey(email) }]),
    ...ofName('nameAndBirthday', birthday),
    ...ofName('nameAndCompany', company === null ? null : fold(company)),
    ...ofName('nameAndChannel', (phone === null) === (email === null) ? null : 'one address'),
  ];
}

/** The groups among `subjects`, in the order of their first ids. `areDistinct`: somebody said that these are two people; they
 *  stand in one group only where a third links them. */
export function duplicateGroups(
  subjects: readonly DuplicateSubject[],
  areDistinct: (one: string, other: string) => boolean,
): DuplicateGroup[] {
  const links = [...classesOf(subjects).values()].flatMap(({ reason, members }) => linksOf(reason, members, areDistinct));
  const roots = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = roots.get(root); up !== undefined; up = roots.get(root)) root = up;
    return root;
  };
  for (const { one, other } of links) {
    const [first = one, second = other] = [rootOf(one), rootOf(other)].sort();
    if (first !== second) roots.set(second, first);
  }
  const groups = new Map<string, { ids: Set<string>; reasons: Set<DuplicateReason> }>();
  for (const { one, other, reason } of links) {
    const root = rootOf(one);
    const group = groups.get(root) ?? { ids: new Set(), reasons: new Set() };
    group.ids.add(one).add(other);
    group.reasons.add(reason);
    groups.set(root, group);
  }
  return [...groups.values()]
    .map(({ ids, reasons }) => ({
      contactIds: [...ids].sort().slice(0, largestGroup),
      reasons: duplicateReasons.filter((reason) => reasons.has(reason)),
    }))
    .sort((a, b) => ((a.contactIds[0] ?? '') < (b.contactIds[0] ?? '') ? -1 : 1));
}

interface KeyClass {
  readonly reason: DuplicateReason;
  readonly members: DuplicateSubject[];
}

function classesOf(subjects: readonly DuplicateSubject[]): Map<string, KeyClass> {
  const classes = new Map<string, KeyClass>();
  for (const subject of subjects) {
    for (const { reason, key } of duplicateKeys(subject)) {
      const known = classes.get(`${reason}\n${key}`);
      if (known) known.members.push(subject);
      else classes.set(`${reason}\n${key}`, { reason, members: [subject] });
    }
  }
  return classes;
}

interface Link {
  readonly one: string;
  readonly other: string;
  readonly reason: DuplicateReason;
}

function linksOf(
  reason: DuplicateReason,
  members: readonly DuplicateSubject[],
  areDistinct: (one: string, other: string) => boolean,
): Link[] {
  if (reason === 'nameAndChannel' && (members.length !== 2 || (members[0]?.phone === null) === (members[1]?.phone === null))) return [];
  const isOfName = reason !== 'phone' && reason !== 'email';
  if (isOfName && members.length > largestGroup) return [];
  const ids = members.map((member) => member.id).slice(0, largestGroup);
  const [first = '', ...others] = ids;
  const star = others.flatMap((other) => (areDistinct(first, other) ? [] : [{ one: first, other, reason }]));
  if (star.length === others.length) return star;
  return ids.flatMap((one, index) => ids.slice(index + 1).flatMap((other) => (areDistinct(one, other) ? [] : [{ one, other, reason }])));
}

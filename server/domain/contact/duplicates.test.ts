import { describe, expect, it } from 'vitest';
import { duplicateGroups, type DuplicateSubject, factFields, mailboxKey, phoneKey } from './duplicates.ts';

const nobody = { name: null, phone: null, email: null, birthday: null, company: null };
const subject = (id: string, facts: Partial<DuplicateSubject>): DuplicateSubject => ({ ...nobody, id, ...facts });
const never = (): boolean => false;

describe('one phone in two forms', () => {
  it.each([
    ['+551187654321', '+5511987654321'],
    ['+5215512345678', '+525512345678'],
    ['+5491123456789', '+541123456789'],
  ])('%s is the line of %s', (one, other) => {
    expect(phoneKey(one)).toBe(phoneKey(other));
  });

  it.each([
    ['+551134567890', '+5511934567890'],
    ['+551187654321', '+5521987654321'],
    ['+351912345678', '+351912345679'],
  ])('%s is not the line of %s', (one, other) => {
    expect(phoneKey(one)).not.toBe(phoneKey(other));
  });
});

describe('one mailbox in two spellings', () => {
  it.each([
    ['Ana.Souza@gmail.com', 'anasouza@gmail.com'],
    ['ana+promo@gmail.com', 'a.na@googlemail.com'],
    ['ana+loja@outlook.com', 'ana@outlook.com'],
  ])('%s is the mailbox of %s', (one, other) => {
    expect(mailboxKey(one)).toBe(mailboxKey(other));
  });

  it.each([
    ['ana.souza@exemplo.com', 'anasouza@exemplo.com'],
    ['vendas+ana@exemplo.com', 'vendas+bia@exemplo.com'],
    ['a.na@outlook.com', 'ana@outlook.com'],
  ])('%s is not the mailbox of %s', (one, other) => {
    expect(mailboxKey(one)).not.toBe(mailboxKey(other));
  });
});

describe('one name', () => {
  const ana = (id: string, facts: Partial<DuplicateSubject>) => subject(id, { name: 'Ana Souza', ...facts });

  it('means nothing alone', () => {
    expect(duplicateGroups([ana('1', { phone: '+5511911111111' }), ana('2', { phone: '+5511922222222' })], never)).toEqual([]);
  });

  it('with one birthday or one company is possibly one person, whatever accents and case', () => {
    const found = duplicateGroups(
      [
        subject('1', { name: 'João  Sá', birthday: '1990-05-01' }),
        subject('2', { name: 'joao sa', birthday: '1990-05-01' }),
        subject('3', { name: 'Bia Lima', company: 'Ótica Céu' }),
        subject('4', { name: 'BIA LIMA', company: 'otica ceu' }),
        subject('5', { name: 'Bia Lima', company: 'Outra' }),
        subject('6', { name: 'Maria', birthday: '1990-05-01' }),
        subject('7', { name: 'Maria', birthday: '1990-05-01' }),
      ],
      never,
    );
    expect(found).toEqual([
      { contactIds: ['1', '2'], reasons: ['nameAndBirthday'] },
      { contactIds: ['3', '4'], reasons: ['nameAndCompany'] },
    ]);
  });

  it('once by phone and once by e-mail is possibly one person, if there are only these two', () => {
    const two = [ana('1', { phone: '+5511911111111' }), ana('2', { email: 'ana@exemplo.com' })];
    expect(duplicateGroups(two, never)).toEqual([{ contactIds: ['1', '2'], reasons: ['nameAndChannel'] }]);
    expect(duplicateGroups([...two, ana('3', { email: 'outra@exemplo.com' })], never)).toEqual([]);
    expect(duplicateGroups([...two, ana('3', { phone: '+5511933333333', email: 'outra@exemplo.com' })], never)).toHaveLength(1);
  });

  it('that very many share with one fact says nothing', () => {
    const many = Array.from({ length: 21 }, (_, n) => ana(String(n).padStart(2, '0'), { birthday: '1900-01-01' }));
    expect(duplicateGroups(many, never)).toEqual([]);
    expect(duplicateGroups(many.slice(1), never)).toHaveLength(1);
  });
});

describe('a group', () => {
  const linked = [
    subject('1', { phone: '+551187654321' }),
    subject('2', { phone: '+5511987654321', email: 'a.na@gmail.com' }),
    subject('3', { email: 'ana@gmail.com' }),
  ];

  it('holds all who are linked, over any reasons', () => {
    expect(duplicateGroups(linked, never)).toEqual([{ contactIds: ['1', '2', '3'], reasons: ['phone', 'email'] }]);
  });

  it('has no pair that is known to be two people, unless a third links them', () => {
    expect(duplicateGroups(linked, (one, other) => one === '1' && other === '2')).toEqual([{ contactIds: ['2', '3'], reasons: ['email'] }]);
    expect(duplicateGroups(linked.slice(0, 2), () => true)).toEqual([]);
  });
});

it('the facts are the fields that are called so', () => {
  const fields = [
    { key: 'origem', label: 'Origem', kind: 'text' },
    { key: 'nasc', label: 'Data de nascimento', kind: 'date' },
    { key: 'empresaAtual', label: 'Onde trabalha', kind: 'text' },
  ] as const;
  expect(factFields(fields)).toEqual({ birthday: 'nasc', company: 'empresaAtual' });
  expect(factFields([{ key: 'empresa', label: 'Empresa', kind: 'number' }])).toEqual({ birthday: null, company: null });
});

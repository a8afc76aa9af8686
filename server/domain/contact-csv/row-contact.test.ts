import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mappingSchema } from './mapping.ts';
import { settleNewFields } from './new-fields.ts';
import { readContact, type RowFacts } from './row-contact.ts';

describe('a row', () => {
  const asked = mappingSchema.parse([
    { to: 'firstName' },
    { to: 'lastName' },
    { to: 'phone' },
    { to: 'email' },
    { to: 'field', key: 'idade' },
    { to: 'timeZone' },
    { to: 'tags' },
  ]);
  const { mapping } = settleNewFields(asked, []);
  const options = { identity: 'either', blank: 'keep' } as const;
  const facts: RowFacts = {
    mapping,
    country: 'BR',
    fieldKinds: new Map([['idade', 'number']]),
    fieldOptions: new Map(),
    tags: new Set(),
    members: new Map([['rita@equipe.com', 'm-1']]),
    channelKinds: ['sandbox', 'smtp'],
    now: new Date('2026-11-01T12:00:00Z'),
    options,
  };
  const read = (...cells: string[]) => readContact({ line: 2, cells, unclosed: false }, facts);

  it('becomes a contact', () => {
    expect(read(' Ana ', 'Souza', "'+55 11 8765-4321", 'ANA@X.com', '1.500', 'Europe/Lisbon', 'vip; lead|novo')).toMatchObject({
      ok: true,
      contact: {
        name: 'Ana Souza',
        phone: '+5511987654321',
        email: 'ANA@x.com',
        fields: { idade: 1500 },
        timeZone: 'Europe/Lisbon',
        tags: ['vip', 'lead', 'novo'],
        notice: 'ninthDigitAdded',
      },
    });
  });

  it('has its address found in what a program for e-mail copied', () => {
    expect(read('', '', '', 'Ana Souza <ana@X.com>')).toMatchObject({ contact: { email: 'ana@x.com' } });
    expect(read('', '', '', '"Souza, Ana" <ana@x.com>')).toMatchObject({ contact: { email: 'ana@x.com' } });
    expect(read('', '', '', 'Ana <ana@x.com> <bia@x.com>')).toMatchObject({ ok: false, problem: 'emailSeveral' });
    expect(read('', '', '', 'Ana <ana>')).toMatchObject({ ok: false, problem: 'emailInvalid' });
  });

  it.each([
    ['Ana', '', 'Souza', 'Ana Souza'],
    ['Ana de Souza', 'Ana', 'souza', 'Ana de Souza'],
    ['Ana  Conceição', '', 'Conceicao', 'Ana Conceição'],
    ['Souza', 'Ana', '', 'Ana Souza'],
    ['Anabela', 'Ana', 'Bela', 'Ana Anabela Bela'],
    ['', 'Ana', 'Souza', 'Ana Souza'],
  ])('named whole %j, first %j and last %j is %j', (name, firstName, lastName, whole) => {
    const named = settleNewFields(mappingSchema.parse([{ to: 'name' }, { to: 'firstName' }, { to: 'lastName' }, { to: 'email' }]), []);
    const cells = [name, firstName, lastName, 'ana@x.com'];
    const reading = readContact({ line: 2, cells, unclosed: false }, { ...facts, mapping: named.mapping });
    expect(reading).toMatchObject({ ok: true, contact: { name: whole } });
  });

  it.each<[string[], string, number | null]>([
    [['Ana', '', '5,51E+12'], 'phoneExcelDamage', 2],
    [['Ana', '', '', 'ana'], 'emailInvalid', 3],
    [['Ana', '', '', ''], 'noAddress', null],
    [['Ana', '', '11987654321', '', 'muitos'], 'fieldInvalid', 4],
    [['Ana', '', '11987654321', '', '', 'Brasília'], 'timeZoneInvalid', 5],
    [['Ana', '', '11987654321', '', '', '', '', '', 'sobra'], 'tooManyCells', 8],
    [['A'.repeat(201), '', '11987654321'], 'nameTooLong', 0],
  ])('%j is refused as %s', (cells, problem, column) => {
    expect(read(...cells)).toEqual({ ok: false, problem, column, optOut: null });
  });

  describe('with columns that say who accepts messages', () => {
    const accepting = settleNewFields(
      mappingSchema.parse([
        { to: 'phone' },
        { to: 'email' },
        { to: 'acceptsMessages' },
        { to: 'acceptsMessages' },
        { to: 'field', key: 'idade' },
      ]),
      [],
    );
    const readAnswers = (...cells: string[]) =>
      readContact({ line: 2, cells: ['11987654321', ...cells], unclosed: false }, { ...facts, mapping: accepting.mapping });

    it.each(['não', 'Nao', 'no', '0', 'FALSO', 'Não aceito', 'não quero receber', 'Não, obrigado', 'UNSUBSCRIBED', 'never_subscribed'])(
      'reads %j as an opt-out of all channels',
      (answer) => {
        expect(readAnswers('', answer, 'sim')).toMatchObject({ ok: true, contact: { optOuts: ['sandbox', 'smtp'], consents: [] } });
        expect(readAnswers('', '', answer)).toMatchObject({ ok: true, contact: { optOuts: ['sandbox', 'smtp'] } });
      },
    );

    it.each(['sim', 'X', '1', 'true', 'Aceito', 'autorizado', 'Sim, aceito receber mensagens', 'Subscribed', ''])(
      'reads %j as neither opt-out nor consent',
      (answer) => {
        expect(readAnswers('', answer)).toMatchObject({ ok: true, contact: { optOuts: [], consents: [] } });
      },
    );

    it.each(['talvez', 'não sei', 'Não informado', 'Sim, mas só por e-mail', 'n/a', '12/03/2026', '#N/D'])(
      'refuses %j by its column, and tells of no opt-out',
      (answer) => {
        const problem = answer.startsWith('#') ? 'spreadsheetError' : 'acceptanceInvalid';
        expect(readAnswers('', 'sim', answer)).toEqual({ ok: false, problem, column: 3, optOut: null });
      },
    );

    it('tells of the no of a row that is refused for something else, wherever that stands, with the addresses that can be read', () => {
      const bad = { email: 'ana', talvez: 'talvez', idade: 'muitos', sobra: 'x' } as const;
      fc.assert(
        fc.property(
          fc.constantFrom('não', 'NO', '0', 'false', 'Não aceito'),
          fc.boolean(),
          fc.subarray(['email', 'talvez', 'idade', 'sobra'] as const, { minLength: 1 }),
          (no, isFirst, wrong) => {
            const has = (what: keyof typeof bad, otherwise: string) => (wrong.includes(what) ? bad[what] : otherwise);
            const answers = [no, has('talvez', 'sim')];
            const reading = readAnswers(
              has('email', 'ana@x.com'),
              ...(isFirst ? answers : answers.reverse()),
              has('idade', '20'),
              has('sobra', ''),
            );
            const isShifted = !reading.ok && reading.problem === 'tooManyCells';
            const optOut = { phone: isShifted ? null : '+5511987654321', optOuts: ['sandbox', 'smtp'], tags: [], fields: {} };
            expect(reading).toMatchObject({ ok: false, optOut });
          },
        ),
      );
    });
  });
});

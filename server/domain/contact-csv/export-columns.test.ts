import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldKind, type FieldValue, parseFieldValue } from '../contact/fields.ts';
import { contactHeader, contactValues, type ExportedColumn, type ExportedContact } from './export-columns.ts';
import { numberText, type TextStyle } from './field-text.ts';
import { guardedCell, unguardedCell } from './guarded-cell.ts';
import { suggestMapping } from './mapping.ts';
import { settleNewFields } from './new-fields.ts';
import { planChunk } from './plan-chunk.ts';
import { importOptionsSchema } from './options.ts';
import { readContact, type RowFacts } from './row-contact.ts';
import { createRowReader } from './row-reader.ts';
import { csvValues } from './write-csv.ts';

const delimiter = fc.constantFrom<';' | ','>(';', ',');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text with everything in it that CSV, spreadsheets and our reader treat as something else. */
const anyText = fc.string({
  unit: fc.constantFrom('a', 'ã', '漢', '🎵', ' ', ';', ',', '"', '\n', '\r', '\t', "'", '=', '+', '-', '@', '＝', 'sep=;', '\ufeff', '1'),
  maxLength: 8,
});

describe('a file that we write', () => {
  it('is read back by the import, value for value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyText, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        delimiter,
        fc.boolean(),
        (table, by, marked) => {
          const written = `${marked ? '\ufeff' : ''}${table.map((values) => csvValues(values, by)).join('')}`;
          const reader = createRowReader({ encoding: 'utf-8', delimiter: by });
          const rows = [...reader.push(utf8(written)), ...reader.end()].map(({ cells }) => cells.map(unguardedCell));
          const kept = table.map((values) => values.map((value) => value.replace(/\r\n?/g, '\n')));
          expect(rows).toEqual(kept.filter((values) => values.some((value) => guardedCell(value).trim() !== '')));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('holds no cell that a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(guardedCell(value)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        expect(unguardedCell(guardedCell(value))).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a number', () => {
  it.each([',', '.'] as const)('with %s is read as itself', (decimal) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(1.125, 1000.5, 1e21, 1e-7)),
        (value) => {
          expect(parseFieldValue('number', numberText(value, decimal))).toEqual(value === 0 ? 0 : value);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('an exported contact', () => {
  const fields: { key: string; label: string; kind: FieldKind; options?: string[] }[] = [
    { key: 'cidade', label: 'Cidade natal', kind: 'text' },
    { key: 'cliente', label: 'Cliente', kind: 'text' },
    { key: 'saldo', label: 'Saldo', kind: 'number' },
    { key: 'saldo2', label: 'saldo', kind: 'number' },
    { key: 'nascimento', label: 'Nascimento', kind: 'date' },
    { key: 'vip', label: '★', kind: 'boolean' },
    { key: 'plano', label: 'Plano', kind: 'choice', options: ['Ouro', '-Prata', 'São João; 2', '=1'] },
  ];
  const names: Record<'pt-BR' | 'en', Record<ExportedColumn, string>> = {
    'pt-BR': {
      name: 'Nome',
      phone: 'Telefone',
      email: 'E-mail',
      externalId: 'Id externo',
      tags: 'Etiquetas',
      timeZone: 'Fuso horário',
      locale: 'Idioma',
      owner: 'Responsável',
      notes: 'Notas',
      optedOut: 'Descadastrado de',
      consents: 'Consentimentos',
      contactId: 'ID do contato',
      createdAt: 'Contato desde',
    },
    en: {
      name: 'Name',
      phone: 'Phone',
      email: 'E-mail',
      externalId: 'External id',
      tags: 'Tags',
      timeZone: 'Time zone',
      locale: 'Language',
      owner: 'Owner',
      notes: 'Notes',
      optedOut: 'Opted out of',
      consents: 'Consents',
      contactId: 'Contact ID',
      createdAt: 'Contact since',
    },
  };
  const manyTags = Array.from({ length: 60 }, (_, n) => `curso ${n}`);
  const text = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ';', ',', '"', '\n', "'", '=', '+', '-', '@', '7'), maxLength: 9 });
  const trimmed = text.map((value) => value.trim());
  const contact = fc.record({
    name: trimmed.map((value) => value.replace(/\s+/g, ' ').trim() || null),
    phone: fc.constantFrom('+5511987654321', '+551133334444', '+351912345678', '+12125550123'),
    email: fc.constantFrom(null, 'Ana.Souza@exemplo.com', '-ana@exemplo.com', '=x@exemplo.com'),
    externalId: fc.constantFrom(null, 'A-17', '=9', '0123', "'-4"),
    tags: fc.oneof(fc.uniqueArray(fc.constantFrom('vip', '=soma', '-novo', 'São Paulo', "'+1"), { maxLength: 3 }), fc.constant(manyTags)),
    timeZone: fc.constantFrom(null, 'Europe/Lisbon'),
    locale: fc.constantFrom(null, 'pt-BR', 'en'),
    owner: fc.constantFrom(null, 'Rita@equipe.com', '+vendas@equipe.com'),
    notes: trimmed.map((value) => value || null),
    optOuts: fc.constantFrom([], ['sandbox'], ['smtp'], ['sandbox', 'smtp']),
    consents: fc.array(
      fc.record({
        channelKind: fc.constant('sandbox'),
        status: fc.constantFrom('given' as const, 'withdrawn' as const),
        at: fc.date({ min: new Date('2000-01-01'), max: new Date('2026-10-31'), noInvalidDate: true }),
        source: fc.constantFrom('Contrato 7', '=formulário; "a"', '-', 'given 2026-01-01'),
      }),
      { maxLength: 1 },
    ),
    fields: fc.record(
      {
        cidade: trimmed.filter((value) => value !== ''),
        cliente: trimmed.filter((value) => value !== ''),
        saldo: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        saldo2: fc.integer(),
        nascimento: fc.constantFrom('1990-03-05', '2026-12-31'),
        vip: fc.boolean(),
        // The last one is no option any more.
        plano: fc.constantFrom('Ouro', '-Prata', 'São João; 2', '=1', '=Antigo; "a"'),
      },
      { requiredKeys: [] },
    ),
  });

  const members = new Map([
    ['rita@equipe.com', 'm-1'],
    ['+vendas@equipe.com', 'm-2'],
  ]);

  it.each(['pt-BR', 'en'] as const)('is the same contact when its %s file is imported as it is', (locale) => {
    const style: TextStyle = locale === 'en' ? { decimal: '.', yes: 'yes', no: 'no' } : { decimal: ',', yes: 'sim', no: 'não' };
    const header = contactHeader((column) => names[locale][column], fields);
    const by = locale === 'en' ? ',' : ';';
    fc.assert(
      fc.property(contact, (given) => {
        const exported = { ...given, id: crypto.randomUUID(), createdAt: new Date(), fields: given.fields as Record<string, FieldValue> };
        const written = `\ufeff${csvValues(header, by)}${csvValues(contactValues(exported satisfies ExportedContact, fields, style), by)}`;
        const reader = createRowReader({ encoding: 'utf-8', delimiter: by });
        const [first, row] = [...reader.push(utf8(written)), ...reader.end()];
        const suggested = suggestMapping(first?.cells.map(unguardedCell) ?? [], [row?.cells ?? []], { fields, country: 'BR' });
        const options = importOptionsSchema.parse({});
        const facts: RowFacts = {
          mapping: settleNewFields(suggested, fields).mapping,
          country: 'BR',
          fieldKinds: new Map(fields.map(({ key, kind }) => [key, kind])),
          fieldOptions: new Map(fields.map(({ key, options: choices }) => [key, choices ?? []])),
          members,
          tags: new Set(manyTags),
          channelKinds: ['sandbox', 'smtp'],
          now: new Date('2026-11-01T12:00:00Z'),
          options,
        };
        const reading = readContact(row ?? { line: 2, cells: [], unclosed: false }, facts);
        expect(reading).toMatchObject({ ok: true });
        const { owner, optOuts, ...same } = given;
        if (!reading.ok) return;
        expect(reading.contact).toMatchObject({ ...same, ownerId: owner && members.get(owner.toLowerCase()) });
        expect([...reading.contact.optOuts].sort()).toEqual([...optOuts].sort());
        expect(Object.keys(reading.contact.fields).sort()).toEqual(Object.keys(given.fields).sort());
        const known = { ...exported, ownerId: reading.contact.ownerId, timeZoneOrigin: given.timeZone && ('set' as const) };
        const { rows } = planChunk([reading.contact], [{ ...known, ofThisImport: false, madeByThisImport: false }], options);
        expect(rows).toMatchObject([{ outcome: 'unchanged', changes: null }]);
      }),
      { numRuns: 500 },
    );
  });
});

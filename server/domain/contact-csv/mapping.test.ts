import { describe, expect, it } from 'vitest';
import { confidenceOf, mappingSchema, suggestMapping } from './mapping.ts';

describe('the mapping', () => {
  const facts = { fields: [{ key: 'cidade', label: 'Cidade natal' }], country: 'BR' };
  it.each<[string[], string[]]>([
    [
      ['Nome completo', 'WhatsApp', 'E-mail'],
      ['name', 'phone', 'email'],
    ],
    [
      ['First Name', 'Last Name', 'Phone 1 - Value', 'E-mail Address'],
      ['firstName', 'lastName', 'phone', 'email'],
    ],
    [
      ['Fone', 'Não quer receber'],
      ['phone', 'optedOut'],
    ],
    [
      ['Fone', 'NÃO DESEJA RECEBER MENSAGENS?'],
      ['phone', 'optedOut'],
    ],
    [
      ['Phone', 'Do not contact by SMS'],
      ['phone', 'optedOut'],
    ],
    [
      ['Phone', 'Unsubscribe reason'],
      ['phone', 'newField'],
    ],
    [
      ['Fone', 'Não receberam o boleto'],
      ['phone', 'newField'],
    ],
    [
      ['Nome', 'Sobrenome', 'Celular'],
      ['firstName', 'lastName', 'phone'],
    ],
    [
      ['Surname', 'Name', 'Phone'],
      ['lastName', 'firstName', 'phone'],
    ],
    [
      ['Nome completo', 'Sobrenome', 'Celular'],
      ['name', 'lastName', 'phone'],
    ],
    [
      ['Nome', 'Primeiro nome', 'Sobrenome', 'Celular'],
      ['name', 'firstName', 'lastName', 'phone'],
    ],
    [
      ['Cliente', 'Celular', 'Telefone', 'Etiquetas', 'Fuso horário', 'Idioma'],
      ['name', 'phone', 'newField', 'tags', 'timeZone', 'locale'],
    ],
    [
      ['Linha', 'Motivo', 'nome', 'tel'],
      ['ignore', 'ignore', 'name', 'phone'],
    ],
    [
      ['CIDADE', 'Empresa'],
      ['field', 'newField'],
    ],
  ])('of %j is suggested', (header, targets) => {
    const mapping = suggestMapping(header, [header.map(() => 'algo')], facts);
    expect(mapping.map((column) => column.to)).toEqual(targets);
    expect(mappingSchema.safeParse(mapping).success).toBe(true);
  });

  it('takes a name for the first one where another column has the surname, whatever it was in a file without', () => {
    const remembered = new Map([['nome', { to: 'name' as const }]]);
    const suggested = (header: string[]) => suggestMapping(header, [header.map(() => 'algo')], { ...facts, remembered });
    expect(suggested(['Nome', 'Sobrenome', 'Tel']).map(({ to }) => to)).toEqual(['firstName', 'lastName', 'phone']);
    expect(suggested(['Nome', 'Tel']).map(({ to }) => to)).toEqual(['name', 'phone']);
  });

  it('takes observations for notes, and a vague code for one of people only where no two rows share it', () => {
    const header = ['Cód.', 'Fone', 'Obs', 'Anotações'];
    const suggested = (second: string) =>
      suggestMapping(
        header,
        [
          ['7', '11987654321', 'a', 'b'],
          [second, '11987654322', 'c', 'd'],
        ],
        facts,
      ).map(({ to }) => to);
    expect(suggested('8')).toEqual(['externalId', 'phone', 'notes', 'newField']);
    expect(suggested('7')).toEqual(['newField', 'phone', 'notes', 'newField']);
    expect(confidenceOf({ to: 'externalId' }, 'Código', facts)).toBe('values');
  });

  it('makes a new field of dates or of yes and no where every cell is one', () => {
    const rows = [
      ['05/03/1990', 'sim', '05/03/1990', '1'],
      ['1990-03-06', 'Não', 'ontem', '0'],
    ];
    const kinds = suggestMapping(['Nascimento', 'Aceita', 'Visita', 'Nota'], rows, facts).map((column) => 'kind' in column && column.kind);
    expect(kinds).toEqual(['date', 'boolean', 'text', 'text']);
  });

  it('goes by what stands in the columns where their names tell nothing', () => {
    const rows = [['Ana', '11987654321', 'ana@x.com', '']];
    expect(suggestMapping(null, rows, facts).map((column) => column.to)).toEqual(['ignore', 'phone', 'email', 'ignore']);
  });

  it('is refused when two columns go to the same place', () => {
    expect(mappingSchema.safeParse([{ to: 'phone' }, { to: 'phone' }]).success).toBe(false);
    expect(mappingSchema.safeParse([{ to: 'tags' }, { to: 'tags' }, { to: 'ignore' }, { to: 'ignore' }]).success).toBe(true);
  });
});

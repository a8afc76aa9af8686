import { describe, expect, it } from 'vitest';
import { type ColumnTarget, confidenceOf, mappingSchema, rememberedTargets, suggestMapping } from './mapping.ts';
import { rejectColumns } from './reject-columns.ts';

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

  const answered = (header: string, cells: readonly string[]) =>
    suggestMapping(
      ['Fone', header],
      cells.map((cell) => ['11987654321', cell]),
      facts,
    )[1]?.to;

  it.each([
    ['Aceita receber mensagens', 'Aceita WhatsApp?', 'ACEITA_RECEBER_NOVIDADES', 'aceitaEmail', 'Aceita mensagem', 'Aceita marketing'],
    ['Autoriza contato', 'Autorizo o contato', 'Autoriza o envio de mensagens', 'Permite envio', 'Concordo em receber comunicações'],
    ['Você aceita receber mensagens?', 'Gostaria de receber novidades por WhatsApp?', 'Quer receber', 'Deseja receber nossas ofertas'],
    [
      'Podemos entrar em contato?',
      'Pode receber mensagens',
      'Aceita ser contatado',
      'Tem interesse em receber novidades',
      'Recebe newsletter',
    ],
    ['Opt-in', 'Consentimento', 'Consentimento WhatsApp', 'Autorização para envio de mensagens', 'Permissão de contato', 'Newsletter'],
    ['LGPD aceito', 'Aceitou LGPD', 'Aceita termo da LGPD', 'E-mail autorizado', 'WhatsApp opt-in', 'Contato autorizado'],
    ['Marketing consent', 'Consent to marketing', 'Subscribed', 'Email subscribed', 'Accepts Email Marketing', 'SMS opt-in'],
    ['Wants to receive emails', 'Allow contact', 'Can be contacted', 'OK to contact', 'Opted in', 'Email Marketing Consent'],
  ])('takes %s … with yes and no in them for acceptances', (...headers) => {
    expect(headers.map((header) => answered(header, ['sim', 'Não', '']))).toEqual(headers.map(() => 'acceptsMessages'));
    expect(headers.map((header) => answered(header, ['0', '1', 'FALSO']))).toEqual(headers.map(() => 'acceptsMessages'));
    expect(headers.map((header) => answered(header, ['05/03/2024', '06/03/2024']))).toEqual(headers.map(() => 'newField'));
    expect(headers.map((header) => answered(header, ['site', 'feira']))).toEqual(headers.map(() => 'newField'));
  });

  it.each([
    ['Data do aceite', 'Origem do consentimento', 'LGPD aceito em', 'Aceita WhatsApp desde', 'Opt-in date', 'Marketing consent source'],
    ['Aceita', 'Aceite', 'Aceita cartão', 'Aceitou proposta', 'Aceite do contrato', 'Contrato assinado', 'Aceita ligações'],
    [
      'Autoriza débito automático',
      'Autoriza uso de imagem',
      'Consentimento para cirurgia',
      'Quer comprar',
      'Quer emagrecer',
      'Pode parcelar',
    ],
    ['Aceita receber boletos', 'Quer receber a visita', 'Interesse em marketing', 'Recebeu mensagem', 'Tem WhatsApp', 'E-mail válido'],
    ['Consent withdrawn', 'Subscribed at', 'Subscription', 'Candidate email', 'Contato não autorizado'],
  ])('takes %s … for no acceptances', (...headers) => {
    expect(headers.map((header) => answered(header, ['sim', 'não', '']))).not.toContain('acceptsMessages');
  });

  it('takes a no to acceptance in the name of a column for an opt-out, and answers in many words for acceptances', () => {
    const refusals = ['Não aceita WhatsApp', 'Não permite envio', 'Não quer receber mensagem', 'Não autoriza contato'];
    expect(refusals.map((header) => answered(header, ['sim', '']))).toEqual(refusals.map(() => 'optedOut'));
    expect(answered('Consentimento', ['smtp given 2026-01-02 Feira'])).toBe('consents');
    expect(answered('Email Marketing Consent', ['SUBSCRIBED', 'NEVER_SUBSCRIBED', 'UNSUBSCRIBED'])).toBe('acceptsMessages');
    expect(answered('Autoriza contato', ['Sim, aceito receber', 'Não, obrigado', 'talvez'])).toBe('acceptsMessages');
    expect(confidenceOf({ to: 'acceptsMessages' }, 'Consentimento', facts)).toBe('name');
  });

  it('takes several columns for acceptances', () => {
    const header = ['Fone', 'Aceita e-mail', 'Aceita WhatsApp', 'Opt-in'];
    const mapping = suggestMapping(header, [['11987654321', 'sim', 'não', 'x']], facts);
    expect(mapping.map(({ to }) => to)).toEqual(['phone', 'acceptsMessages', 'acceptsMessages', 'acceptsMessages']);
    expect(mappingSchema.safeParse(mapping).success).toBe(true);
  });

  it('leaves line and reason of a mended list out, whatever a source called so', () => {
    const source: ColumnTarget = { to: 'field', key: 'motivo' };
    const of = (header: string[], mapping: ColumnTarget[]) => rememberedTargets([{ header, mapping }], new Set(['motivo', 'linha']));
    const remembered = of(['Fone', 'Motivo'], [{ to: 'phone' }, source]);
    const suggested = (header: string[], before = remembered) =>
      suggestMapping(header, [header.map(() => 'algo')], { ...facts, remembered: before });
    const list = ['Linha', 'Motivo', 'Fone', 'Motivo'];
    expect(suggested(list)).toEqual([{ to: 'ignore' }, { to: 'ignore' }, { to: 'phone' }, source]);
    expect(suggested(['Line', 'Reason', 'Fone', 'Motivo'])[3]).toEqual(source);
    expect(of(list, suggested(list))).toEqual(remembered);
    expect(of(list.slice(0, 3), [{ to: 'ignore' }, { to: 'ignore' }, { to: 'phone' }]).has('motivo')).toBe(false);
    expect(confidenceOf({ to: 'ignore' }, 'Motivo', facts)).toBe('name');
    const ofBuses = of(list.slice(0, 3), [{ to: 'field', key: 'linha' }, source, { to: 'phone' }]);
    expect(suggested(list.slice(0, 3), ofBuses)).toEqual([{ to: 'field', key: 'linha' }, source, { to: 'phone' }]);
  });

  it('keeps a column in a list of refused rows that is called like its line, unless its reason stands beside it', () => {
    const of = (header: string[], mapping: ColumnTarget[]) =>
      rejectColumns(header, mapping, { fields: [], target: () => '' }).of(header.map((name) => `${name}!`));
    expect(of(['Linha', 'Fone'], [{ to: 'ignore' }, { to: 'phone' }])).toEqual(['Linha!', 'Fone!']);
    expect(of(['Linha', 'Motivo', 'Fone'], [{ to: 'ignore' }, { to: 'ignore' }, { to: 'phone' }])).toEqual(['Fone!']);
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

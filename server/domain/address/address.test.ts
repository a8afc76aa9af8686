import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../time/schema.ts';
import { countryZones } from './country-zones.ts';
import { ambiguousDdds, dddZones } from './ddd-zones.ts';
import { normalizeEmail } from './email.ts';
import { normalizePhone } from './phone.ts';
import { zoneFromPhone } from './phone-zone.ts';

describe('a phone in Brazil', () => {
  it.each([
    ['(11) 98765-4321', '+5511987654321'],
    ['11987654321', '+5511987654321'],
    ['11 9 8765 4321', '+5511987654321'],
    ['011 98765-4321', '+5511987654321'],
    ['0 15 11 98765-4321', '+5511987654321'],
    ['+55 11 98765-4321', '+5511987654321'],
    ['+55 (011) 98765-4321', '+5511987654321'],
    ['55 11 98765-4321', '+5511987654321'],
    ['0055 11 98765 4321', '+5511987654321'],
    ["'+5511987654321", '+5511987654321'],
    ['11987654321.0', '+5511987654321'],
    ['tel:+55-11-98765-4321', '+5511987654321'],
    ['\u202a+55 11 98765‑4321\u202c', '+5511987654321'],
    ['11 98765–4321', '+5511987654321'],
    ['(+55) 11 98765-4321', '+5511987654321'],
    ['+55 (0xx11) 98765-4321', '+5511987654321'],
    ['0XX11 98765-4321', '+5511987654321'],
    ['(11) 3456-7890', '+551134567890'],
    ['+55 21 2345.6789', '+552123456789'],
    ['55 99123-4567', '+5555991234567'],
    ['5555991234567', '+5555991234567'],
    ['(11) 98765-4321 (WhatsApp)', '+5511987654321'],
    ['Cel: 11987654321', '+5511987654321'],
    ['Tel.: (11) 3456-7890', '+551134567890'],
    ['WhatsApp – +55 (11) 98765-4321', '+5511987654321'],
    ['Celular: (+55) 11 98765-4321', '+5511987654321'],
    ['Fixo 11 3456-7890 (só comercial)', '+551134567890'],
    ['11 98765-4321 / Whats e telefone', '+5511987654321'],
    ['[Vivo] 015 11 98765-4321', '+5511987654321'],
  ])('reads %s as %s', (raw, phone) => {
    expect(normalizePhone(raw, 'BR')).toEqual({ ok: true, phone, country: 'BR', notice: null });
  });

  it.each([
    ['(11) 8765-4321', '+5511987654321'],
    ['+55 85 9911-2233', '+5585999112233'],
    ['5585 8911-2233', '+5585989112233'],
  ])('gives the old mobile %s its ninth digit and says so', (raw, phone) => {
    expect(normalizePhone(raw, 'BR')).toEqual({ ok: true, phone, country: 'BR', notice: 'ninthDigitAdded' });
  });

  it.each([
    ['5,51E+12', 'phoneExcelDamage'],
    ['5.51199E+12', 'phoneExcelDamage'],
    ['1.1E10', 'phoneExcelDamage'],
    ['98765-4321', 'phoneNoAreaCode'],
    ['3456-7890', 'phoneNoAreaCode'],
    ['11 98765-4321 / 11 91234-5678', 'phoneSeveral'],
    ['11987654321; 11912345678', 'phoneSeveral'],
    ['11987654321/11912345678', 'phoneSeveral'],
    ['(11) 3456-7890, (11) 98765-4321', 'phoneSeveral'],
    ['11 98765-4321 ou 11 91234-5678', 'phoneSeveral'],
    ['11 3456-7890 (fixo) 11 98765-4321 (cel)', 'phoneSeveral'],
    ['Tel: 1134567890 Cel: 11987654321', 'phoneSeveral'],
    ['WhatsApp 11 98765-4321 / 11 91234-5678', 'phoneSeveral'],
    ['Cel: 98765-4321', 'phoneNoAreaCode'],
    ['Cel 1 98765-4321', 'phoneInvalid'],
    ['11 98765-4321 - Maria', 'phoneInvalid'],
    ['11 98765-4321 (recado)', 'phoneInvalid'],
    ['11 98765-4321 (não usar)', 'phoneInvalid'],
    ['11 98765-4321 (não é WhatsApp)', 'phoneInvalid'],
    ['11 98765-4321 (WhatsApp?)', 'phoneInvalid'],
    ['WhatsApp: (20) 98765-4321', 'phoneInvalid'],
    ['11 3333-4444 ramal 22', 'phoneInvalid'],
    ['11 3333-4444 ext. 22', 'phoneInvalid'],
    ['11 3333-4444 x22', 'phoneInvalid'],
    ['Tel: 11 3333-4444 ramal 22', 'phoneInvalid'],
    ['Cel:', 'phoneInvalid'],
    ['(20) 98765-4321', 'phoneInvalid'],
    ['11 88765-4321', 'phoneInvalid'],
    ['11 1234-5678', 'phoneInvalid'],
    ['0800 123 4567', 'phoneInvalid'],
    ['123', 'phoneInvalid'],
    ['ligar depois', 'phoneInvalid'],
    ['-', 'phoneInvalid'],
  ])('refuses %s as %s', (raw, problem) => {
    expect(normalizePhone(raw, 'BR')).toEqual({ ok: false, problem });
  });

  it('agrees with libphonenumber on every mobile that it accepts', () => {
    const ddd = fc.constantFrom(...Object.keys(dddZones));
    fc.assert(
      fc.property(ddd, fc.integer({ min: 61_000_000, max: 99_999_999 }), (code, rest) => {
        const result = normalizePhone(`(${code}) 9${rest}`, 'BR');
        const theirs = parsePhoneNumberFromString(`${code}9${rest}`, 'BR');
        expect(result).toMatchObject({ ok: true, phone: theirs?.number });
      }),
    );
  });

  it('is normalised once and for all', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+\d() .-]{0,20}$/), (raw) => {
        const first = normalizePhone(raw, 'BR');
        if (first.ok) expect(normalizePhone(first.phone, 'PT')).toMatchObject({ ok: true, phone: first.phone });
      }),
    );
  });
});

describe('a phone elsewhere', () => {
  it.each([
    ['+351 912 345 678', 'BR', '+351912345678', 'PT'],
    ['00351 912 345 678', 'BR', '+351912345678', 'PT'],
    ['912 345 678', 'PT', '+351912345678', 'PT'],
    ['+1 (212) 555-0123', 'BR', '+12125550123', 'US'],
    ['+5511987654321', 'US', '+5511987654321', 'BR'],
    ['07400 123456', 'GB', '+447400123456', 'GB'],
    ['Mobile: 07400 123456', 'GB', '+447400123456', 'GB'],
    ['Tel. +1 (212) 555-0123 (work)', 'BR', '+12125550123', 'US'],
  ])('reads %s in %s as %s', (raw, country, phone, found) => {
    expect(normalizePhone(raw, country)).toEqual({ ok: true, phone, country: found, notice: null });
  });

  it('refuses a number without + that its country does not have', () => {
    expect(normalizePhone('123456', 'PT')).toEqual({ ok: false, problem: 'phoneInvalid' });
    expect(normalizePhone('+1 212 555 0123 ext. 5', 'BR')).toEqual({ ok: false, problem: 'phoneInvalid' });
    expect(normalizePhone('912 345 678', 'nowhere')).toEqual({ ok: false, problem: 'phoneInvalid' });
  });
});

describe('the zone of a phone', () => {
  it('is known for all 67 area codes of Brazil', () => {
    expect(Object.keys(dddZones)).toHaveLength(67);
    for (const ddd of ambiguousDdds) expect(dddZones).toHaveProperty(ddd);
  });

  it('is a zone that this runtime knows', () => {
    for (const zone of [...Object.values(dddZones), ...Object.values(countryZones)]) expect(isTimeZone(zone), zone).toBe(true);
  });

  it.each([
    ['+5511987654321', 'America/Sao_Paulo'],
    ['+5592987654321', 'America/Manaus'],
    ['+5568987654321', 'America/Rio_Branco'],
    ['+5597987654321', 'America/Manaus'],
    ['+5581987654321', 'America/Recife'],
    ['+351912345678', 'Europe/Lisbon'],
    ['+5491123456789', 'America/Argentina/Buenos_Aires'],
    ['+81312345678', 'Asia/Tokyo'],
    ['+12125550123', null],
    ['+61412345678', null],
    ['+870123456789', null],
  ])('of %s is %s', (phone, zone) => {
    expect(zoneFromPhone(phone)).toBe(zone);
  });
});

describe('an e-mail address', () => {
  it.each([
    [' Ana.Souza@Exemplo.COM.BR ', 'Ana.Souza@exemplo.com.br'],
    ['mailto:ana@exemplo.com', 'ana@exemplo.com'],
    ['ana+promo@exemplo.com', 'ana+promo@exemplo.com'],
    ['ana＠exemplo.com', 'ana@exemplo.com'],
    ['\ufeffana@exemplo.com', 'ana@exemplo.com'],
    ['ana@café.com.br', 'ana@xn--caf-dma.com.br'],
    ["o'neil@exemplo.com", "o'neil@exemplo.com"],
    ["'ana@exemplo.com", 'ana@exemplo.com'],
  ])('%s becomes %s', (raw, email) => {
    expect(normalizeEmail(raw)).toEqual({ ok: true, email });
  });

  it.each([
    ['ana', 'emailInvalid'],
    ['@exemplo.com', 'emailInvalid'],
    ['ana@', 'emailInvalid'],
    ['ana@exemplo', 'emailInvalid'],
    ['ana@@exemplo.com', 'emailInvalid'],
    ['ana souza@exemplo.com', 'emailInvalid'],
    ['ana@exemplo .com', 'emailInvalid'],
    ['.ana@exemplo.com', 'emailInvalid'],
    ['ana..s@exemplo.com', 'emailInvalid'],
    ['ana@-exemplo.com', 'emailInvalid'],
    ['Ana <ana@exemplo.com>', 'emailInvalid'],
    ['ana@exemplo.com\nbcc:x', 'emailInvalid'],
    [`${'a'.repeat(65)}@exemplo.com`, 'emailInvalid'],
    [`ana@${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.com`, 'emailInvalid'],
    ['ana@exemplo.com; bia@exemplo.com', 'emailSeveral'],
    ['ana@exemplo.com, bia@exemplo.com', 'emailSeveral'],
  ])('%s is refused as %s', (raw, problem) => {
    expect(normalizeEmail(raw)).toEqual({ ok: false, problem });
  });
});

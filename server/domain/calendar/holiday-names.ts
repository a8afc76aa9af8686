/** Brazilian names of holidays where the published list has those of Portugal, or none of its own. */

const brazilian: Readonly<Record<string, string>> = {
  '01-01': 'Ano-Novo',
  'easter -50 PT48H': 'Carnaval',
  'easter -46 PT14H': 'Quarta-feira de Cinzas',
  'easter -2': 'Sexta-feira Santa',
  '05-01': 'Dia do Trabalho',
  '04-21': 'Tiradentes',
  'easter 60': 'Corpus Christi',
  '09-07': 'Independência do Brasil',
  '12-24 14:00': 'Véspera de Natal',
  '12-31 14:00': 'Véspera de Ano-Novo',
};

/** The name by which people in Brazil know the holiday; null where the list's own is right. */
export function localName(country: string, rule: string, locale: string): string | null {
  return country === 'BR' && locale === 'pt-BR' ? (brazilian[rule] ?? null) : null;
}

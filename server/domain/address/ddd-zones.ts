/** Time zone of each Brazilian area code (DDD): 67 codes. Sources: Anatel's numbering plan for the codes, the IANA
 *  time zone database for where its zones run. Two codes cover two zones; they get the one where most people live:
 *  81 is Recife (Fernando de Noronha, one hour ahead, shares it), 97 is Manaus (the far west of Amazonas, one hour
 *  behind, shares it). A contact there is put right by setting the zone by hand. */
export const dddZones: Readonly<Record<string, string>> = table({
  'America/Sao_Paulo': [
    // SP, RJ, ES, MG
    [11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38],
    // PR, SC, RS, DF and its surroundings, GO
    [41, 42, 43, 44, 45, 46, 47, 48, 49, 51, 53, 54, 55, 61, 62, 64],
  ],
  'America/Araguaina': [[63]],
  'America/Cuiaba': [[65, 66]],
  'America/Campo_Grande': [[67]],
  'America/Rio_Branco': [[68]],
  'America/Porto_Velho': [[69]],
  'America/Bahia': [[71, 73, 74, 75, 77]],
  'America/Maceio': [[79, 82]],
  'America/Recife': [[81, 87]],
  // PB, RN, CE, PI, MA
  'America/Fortaleza': [[83, 84, 85, 86, 88, 89, 98, 99]],
  // Eastern PA, AP
  'America/Belem': [[91, 94, 96]],
  'America/Santarem': [[93]],
  'America/Manaus': [[92, 97]],
  'America/Boa_Vista': [[95]],
});

/** Area codes whose zone is a choice of the likelier of two. */
export const ambiguousDdds: ReadonlySet<string> = new Set(['81', '97']);

function table(zones: Record<string, number[][]>): Record<string, string> {
  return Object.fromEntries(Object.entries(zones).flatMap(([zone, codes]) => codes.flat().map((code) => [String(code), zone])));
}

/** Where the zone of the reader's browser is kept, for server and browser alike. */
export const readerZoneCookie = 'andante.timeZone';

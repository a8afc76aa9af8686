/** How exactly contacts are counted. `quick`: an estimate wherever everybody would have to be read. `usual`: exact up to 10,000 too, which
 *  may take a second over a million contacts of whom few match. `exact`: one by one, however many. */
export const countPrecisions = ['quick', 'usual', 'exact'] as const;
export type CountPrecision = (typeof countPrecisions)[number];

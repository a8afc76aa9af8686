/** How exactly contacts are counted. `quick`: an estimate wherever everybody would have to be read. `usual`: exact up to 10,000 too, which
 *  may take a second over a million contacts of whom few match. `exact`: one by one, however many. */
export const countPrecisions = ['quick', 'usual', 'exact'] as const;
export type CountPrecision = (typeof countPrecisions)[number];

/** An estimate above this says for sure that they are more than 10,000. */
export const surelyMany = 15_000;

/** Numbers in the place of texts, where a million of them are to be remembered. */
/** A number from 1 to 2^53 - 1 (cyrb53, public domain). */
export function numberOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0) || 1;
}

/** From positive numbers to small ones, in two flat arrays: a tenth of what a Map takes. */
export class NumberTable {
  private keys = new Float64Array(1 << 12);
  private values = new Uint32Array(1 << 12);
  private size = 0;

  get(key: number): number | undefined {
    const at = this.find(key);
    return this.keys[at] === key ? this.values[at] : undefined;
  }

  set(key: number, value: number): void {
    if (this.size * 4 > this.keys.length * 3) this.grow();
    const at = this.find(key);
    if (this.keys[at] !== key) this.size += 1;
    this.keys[at] = key;
    this.values[at] = value;
  }

  private find(key: number): number {
    const mask = this.keys.length - 1;
    let at = (key % 4_294_967_291) & mask;
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.values = new Uint32Array(keys.length * 2);
    keys.forEach((key, index) => {
      if (key === 0) return;
      const at = this.find(key);
      this.keys[at] = key;
      this.values[at] = values[index] ?? 0;
    });
  }
}

/** Which encoding a file of text is in. A file with wrong bytes is UTF-8 all the same where its characters of several bytes by far outnumber
 *  them: a single slip shall not spoil every accent. What is neither that nor marked otherwise is what Windows writes in the West, unless it
 *  is plainly Cyrillic. */
import chardet from 'chardet';

export const encodings = ['utf-8', 'windows-1252', 'windows-1250', 'windows-1251', 'macintosh', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

const hintBytes = 65_536;
const hintConfidence = 70;
/** How many times as many bytes must be right as wrong. */
const farMore = 10;

export interface EncodingSniffer {
  push(bytes: Uint8Array): void;
  /** After the last byte. */
  finish(): Encoding;
}

/** Told of every byte of a file once, in order, in chunks of any size. */
export function sniffEncoding(): EncodingSniffer {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const loose = new TextDecoder('utf-8');
  let isUtf8 = true;
  /** Bytes that go on with a character, as only UTF-8 has them; and bytes that are of none. */
  let right = 0;
  let wrong = 0;
  const weigh = (text: string, byteCount: number): void => {
    right += byteCount - text.length;
    if (!isUtf8) wrong += text.split('\ufffd').length - 1;
  };
  let start: Uint8Array = new Uint8Array();
  return {
    push(bytes) {
      if (start.length < hintBytes) start = joined(start, bytes.subarray(0, hintBytes - start.length));
      if (isUtf8) isUtf8 = decodes(() => strict.decode(bytes, { stream: true }));
      weigh(loose.decode(bytes, { stream: true }), bytes.length);
    },
    finish() {
      const marked = markedEncoding(start) ?? evenlyZero(start);
      if (marked) return marked;
      isUtf8 &&= decodes(() => strict.decode());
      weigh(loose.decode(), 0);
      if (isUtf8 || right > wrong * farMore) return 'utf-8';
      const hint = chardet.analyse(start)[0];
      return hint?.name === 'windows-1251' && hint.confidence >= hintConfidence ? 'windows-1251' : 'windows-1252';
    },
  };
}

function markedEncoding(start: Uint8Array): Encoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without its mark: mostly Latin text has a zero in every second byte. */
function evenlyZero(start: Uint8Array): Encoding | null {
  const sample = start.subarray(0, 4_096);
  if (sample.length < 8) return null;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  const half = sample.length / 2;
  if (odd > half * 0.7 && even < half * 0.1) return 'utf-16le';
  return even > half * 0.7 && odd < half * 0.1 ? 'utf-16be' : null;
}

function decodes(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

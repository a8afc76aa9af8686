/** The workers of a scenario, each a real process: killed, stopped, replaced. One that ends unasked is noticed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import type { Random } from './random.ts';

/** Children of a battery that is killed stop by themselves. */
export const flagsOfChildren = ['--disable-warning=ExperimentalWarning', '--import', './server/cli/exit-with-parent.js'];

export interface Crew {
  /** How many workers have ended without being asked to, and the last words of the last of them. */
  readonly collapsed: { readonly count: number; readonly lastWords: string };
  /** Whether every one that lives has told the database that it works. */
  isSignedOn(db: Db): Promise<boolean>;
  /** `kill -9` for one worker of chance; another takes its place at once. */
  killOne(random: Random): Promise<void>;
  /** `kill -9` for all; resolves when they are gone. */
  killAll(): Promise<void>;
  /** Asks one worker of chance to stop, and resolves with its exit code. */
  stopOne(random: Random): Promise<number | null>;
  /** Starts as many as are missing. */
  refill(): void;
  end(): Promise<void>;
}

interface Member {
  readonly child: ChildProcess;
  readonly gone: Promise<number | null>;
  dismissed: boolean;
}

const keptOutput = 4_000;
const patienceMs = 45_000;

export function startCrew(url: string, size: number): Crew {
  const members = new Set<Member>();
  let count = 0;
  let lastWords = '';

  const hire = (): void => {
    const env = { ...process.env, DATABASE_URL: url, ANDANTE_CLOCK: 'test', ANDANTE_LOG_LEVEL: 'error' };
    const child = spawn(process.execPath, [...flagsOfChildren, 'jobs/worker.ts'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
    let words = '';
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (chunk: Buffer) => {
        words = (words + chunk.toString('utf8')).slice(-keptOutput);
      });
    }
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const member: Member = { child, gone, dismissed: false };
    members.add(member);
    void gone.then(() => {
      members.delete(member);
      if (member.dismissed) return;
      count += 1;
      lastWords = words;
    });
  };
  const refill = (): void => {
    while (members.size < size) hire();
  };
  const dismiss = async (member: Member, signal: NodeJS.Signals): Promise<number | null> => {
    member.dismissed = true;
    member.child.kill(signal);
    const harder = setTimeout(() => member.child.kill('SIGKILL'), patienceMs);
    const code = await member.gone;
    clearTimeout(harder);
    members.delete(member);
    return code;
  };

  refill();
  return {
    get collapsed() {
      return { count, lastWords };
    },
    async isSignedOn(db) {
      const pids = [...members].map(({ child }) => child.pid ?? 0);
      const { rows } = await sql`select distinct pid from workers where pid = any(${pids}::int[])`.execute(db);
      return rows.length === pids.length;
    },
    async killOne(random) {
      const [member] = random.some([...members], 1);
      if (member) await dismiss(member, 'SIGKILL');
      refill();
    },
    async killAll() {
      await Promise.all([...members].map((member) => dismiss(member, 'SIGKILL')));
    },
    async stopOne(random) {
      const [member] = random.some([...members], 1);
      const code = member ? await dismiss(member, 'SIGTERM') : null;
      refill();
      return code;
    },
    refill,
    async end() {
      await Promise.all([...members].map((member) => dismiss(member, 'SIGTERM')));
    },
  };
}

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Hashes passwords with argon2id, as many at a time as memory is meant for. */
export type Passwords = {
  /** @throws {PasswordsBusy} when too many wait already */
  readonly hash: (password: string) => Promise<string>;
  /** Undefined for a person who is not there, which takes as long. @throws {PasswordsBusy} */
  readonly isRight: (password: string, hash: string | undefined) => Promise<boolean>;
};

/** Too many passwords wait to be looked at. Trying again in a moment can help. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

/** As OWASP's cheat sheet has them: 19 MiB, two passes; about 50 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_LENGTH = 32;
const MAX_AT_ONCE = 3;
const MAX_WAITING = 60;

export function createPasswords(): Passwords {
  const gate = createGate(MAX_AT_ONCE, MAX_WAITING);
  const nobody = formatHash({ ...COST, salt: randomBytes(16), tag: randomBytes(TAG_LENGTH) });
  return {
    hash: async (password) =>
      gate(async () => {
        const salt = randomBytes(16);
        return formatHash({ ...COST, salt, tag: await derive(password, { ...COST, salt }) });
      }),
    isRight: async (password, hash) =>
      gate(async () => {
        const kept = readHash(hash ?? nobody);
        if (kept === undefined) return false;
        const tag = await derive(password, kept);
        return kept.tag.length === tag.length && timingSafeEqual(kept.tag, tag) && hash !== undefined;
      }),
  };
}

type Cost = typeof COST & { readonly salt: Uint8Array };
type Kept = Cost & { readonly tag: Uint8Array };

async function derive(password: string, { salt, ...cost }: Cost): Promise<Buffer> {
  const { memory, passes, parallelism } = cost;
  // The same password typed on another keyboard can be other code points.
  const message = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    const parameters = { message, nonce: salt, tagLength: TAG_LENGTH, memory, passes, parallelism };
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  });
}

/** In the PHC string format, which other programs read. */
function formatHash({ memory, passes, parallelism, salt, tag }: Kept): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  const cost = `m=${String(memory)},t=${String(passes)},p=${String(parallelism)}`;
  return `$argon2id$v=19$${cost}$${base64(salt)}$${base64(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const Numbers = z.tuple([z.coerce.number(), z.coerce.number(), z.coerce.number()]);

function readHash(text: string): Kept | undefined {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(text) ?? [];
  const numbers = Numbers.safeParse([memory, passes, parallelism]);
  if (!numbers.success || salt === undefined || tag === undefined) return undefined;
  return {
    ...{ memory: numbers.data[0], passes: numbers.data[1], parallelism: numbers.data[2] },
    ...{ salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') },
  };
}

/** Lets a few work at once; the others wait, in order, up to a bound. */
function createGate(atOnce: number, maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let working = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (working >= atOnce) {
      if (waiting.length >= maxWaiting) throw new PasswordsBusy('too many passwords wait');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else working += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
    }
  };
}

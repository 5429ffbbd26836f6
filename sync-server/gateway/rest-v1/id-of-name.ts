import { createHash, randomUUID } from 'node:crypto';

const LENGTH = 24;

/**
 * The id of something new that only one may be called: the same wherever it is added, so that two instances which add it at
 * the same time make one of it. Another one when that is taken, as by something that is called otherwise by now.
 * @param name folded, as names are compared
 */
export function idOfName(
  kind: 'streamer' | 'location',
  name: string,
  isTaken: (id: string) => boolean,
): string {
  const id = createHash('sha256').update(`${kind}\n${name}`).digest('hex').slice(0, LENGTH);
  return isTaken(id) ? randomUUID().replaceAll('-', '').slice(0, LENGTH) : id;
}

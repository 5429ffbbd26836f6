import { describe, expect, it } from 'vitest';
import { makeToken } from './accounts/secret-token.ts';
import { createAccessTokens } from './accounts/jose-access-tokens.ts';
import { hideSecrets } from './json-logger.ts';

describe('a line of the log', () => {
  it('[AC17] names the id of a key, token, ticket or invitation and never its secret', () => {
    for (const prefix of ['swk', 'swr', 'swi', 'swt'] as const) {
      const { id, token } = makeToken(prefix);
      const line = hideSecrets(JSON.stringify({ url: `/sync/wall:main?token=${token}&x=1`, error: token }));
      expect(line).not.toContain(token.slice(-43));
      expect(line).toContain(`${prefix}_${id}_…&x=1`);
    }
  });

  it('[AC17] has no access token, and no password of a database', async () => {
    const tokens = createAccessTokens(new Uint8Array(32), 'store', 1_000);
    const { token } = await tokens.make({ id: 'a', userId: 'b' }, 0);
    expect(hideSecrets(`{"authorization":"Bearer ${token}"}`)).toBe('{"authorization":"Bearer eyJ…"}');
    expect(hideSecrets('{"url":"postgres://wall:hunter2@db:5432/wall"}')).toBe(
      '{"url":"postgres://wall:…@db:5432/wall"}',
    );
    expect(hideSecrets('{"url":"http://127.0.0.1:7520/sync"}')).toBe('{"url":"http://127.0.0.1:7520/sync"}');
  });
});

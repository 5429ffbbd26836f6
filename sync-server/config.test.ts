import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, SETTINGS } from './config.ts';

describe('the settings of a sync server', () => {
  it('are all optional, and an empty one counts as absent', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '' }, '/data')).toEqual(readConfig({}, '/data'));
    expect(readConfig({}, '/data')).toMatchObject({
      ok: true,
      value: { port: 7520, host: '127.0.0.1', dataFolder: '/data', databaseUrl: undefined },
    });
  });

  it('are explained in .env.example, every one', () => {
    const text = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
    const explained = [...text.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(SETTINGS.filter((name) => !explained.includes(name))).toEqual([]);
  });

  it('name a certificate and its key together', () => {
    expect(readConfig({ TLS_CERT_FILE: 'a.pem' }, '/data')).toMatchObject({ ok: false });
    expect(readConfig({ TLS_CERT_FILE: 'a.pem', TLS_KEY_FILE: 'b.pem' }, '/data')).toMatchObject({
      value: { tls: { certFile: 'a.pem', keyFile: 'b.pem' } },
    });
  });

  it('list the sites whose pages may use the API', () => {
    const read = (text: string) => readConfig({ CORS_ORIGINS: text }, '/data');
    expect(read('https://a.example, https://b.example:8443')).toMatchObject({
      value: { corsOrigins: ['https://a.example', 'https://b.example:8443'] },
    });
    expect(read('*').ok).toBe(false);
    expect(read('https://a.example/path').ok).toBe(false);
  });

  it.each([
    ...['PORT', 'DATABASE_URL', 'REDIS_URL', 'DATABASE_TIMEOUT_MS', 'LOG_LEVEL', 'PUBLIC_URL', 'SIGNUP'],
    ...['CORS_ORIGINS', 'PROXIES', 'REQUESTS_PER_MINUTE', 'ACCESS_TOKEN_MINUTES'],
  ])('one that cannot be read is named, and its value is not: %s', (name) => {
    const answer = readConfig({ [name]: 'secret-and-wrong' }, '/data');
    expect(answer.ok).toBe(false);
    if (answer.ok) return;
    expect(answer.error).toContain(name);
    expect(answer.error).not.toContain('secret-and-wrong');
  });
});

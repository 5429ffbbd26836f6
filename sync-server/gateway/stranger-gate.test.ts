import { describe, expect, it } from 'vitest';
import { createInMemoryQuotas } from '../accounts/in-memory-quotas.ts';
import { callerAddress } from './caller-address.ts';
import { STRANGERS, StrangerGate } from './stranger-gate.ts';

describe('strangers at sockets', () => {
  it('[AC19] who tries too many tokens from one address waits, and others do not', async () => {
    const clock = { nowMs: () => now };
    let now = 1_000_000;
    const gate = new StrangerGate(createInMemoryQuotas(clock), clock);
    for (let tries = 0; tries < STRANGERS.limit; tries += 1) await gate.note('192.0.2.1');
    expect(gate.waitMs('192.0.2.1')).toBe(0);
    await gate.note('192.0.2.1');
    expect(gate.waitMs('192.0.2.1')).toBeGreaterThan(0);
    expect(gate.waitMs('192.0.2.1')).toBeLessThanOrEqual(STRANGERS.windowMs);
    expect(gate.waitMs('198.51.100.1')).toBe(0);
    now += STRANGERS.windowMs;
    expect(gate.waitMs('192.0.2.1')).toBe(0);
  });

  it('an address is what the nearest proxies say that were put there, and nothing that a caller made up', () => {
    const from = (proxies: number, header?: string) =>
      callerAddress(
        {
          headers: header === undefined ? {} : { 'x-forwarded-for': header },
          socket: { remoteAddress: '10.0.0.1' } as never,
        },
        proxies,
      );
    expect(from(0, '203.0.113.9')).toBe('10.0.0.1');
    expect(from(1, 'made up, 203.0.113.9')).toBe('203.0.113.9');
    expect(from(2, 'made up, 203.0.113.9, 10.0.0.2')).toBe('203.0.113.9');
    expect(from(2)).toBe('10.0.0.1');
  });
});

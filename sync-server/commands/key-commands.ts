import { makeKey, type StoredKey } from '../accounts/service-key.ts';
import {
  done,
  isoTime,
  layTable,
  refused,
  type ControlAnswer,
  type ControlParts,
  type KeyCommand,
} from './command.ts';

/** @throws {LogUnavailable} */
export async function runKeyCommand(
  command: KeyCommand,
  { stores: { keys }, clock }: Pick<ControlParts, 'stores' | 'clock'>,
): Promise<ControlAnswer> {
  const nowMs = clock.nowMs();
  switch (command.type) {
    case 'create-key': {
      const { role, grants, label, documents, roots, requestsPerMinute, lastsMs } = command;
      const expires = lastsMs === undefined ? {} : { expiresAtMs: nowMs + lastsMs };
      const limit = requestsPerMinute === undefined ? {} : { requestsPerMinute };
      const { stored, key } = makeKey(
        { role, grants, label, scope: { documents, roots }, ...limit, ...expires },
        nowMs,
      );
      await keys.add(stored);
      return shown(stored, key);
    }
    case 'rotate-key': {
      const [old] = await keys.find([command.id]);
      if (old === undefined) return refused(`There is no key ${command.id}.`);
      const { requestsPerMinute, expiresAtMs, ...wanted } = old;
      const { stored, key } = makeKey(
        {
          ...wanted,
          ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
          ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
        },
        nowMs,
      );
      await keys.add(stored);
      await keys.expire(old.id, nowMs + command.overlapMs);
      return shown(
        stored,
        key,
        `The old one, ${old.id}, opens until ${isoTime(nowMs + command.overlapMs) ?? ''}.`,
      );
    }
    case 'revoke-key':
      return (await keys.revoke(command.id, nowMs))
        ? done(
            { id: command.id, existed: true },
            `Revoked. Whoever is connected with it is let go within two seconds.`,
          )
        : refused(`There is no key ${command.id}, or it was revoked before.`);
    case 'list-keys': {
      const all = await keys.list();
      return done({ keys: all.map(describeKey) }, all.length === 0 ? 'There are no keys.' : tableOf(all));
    }
  }
}

const shown = ({ id }: StoredKey, key: string, more = ''): ControlAnswer =>
  done({ id, key }, `${key}\n\nThis is the key ${id}. It is shown only now. ${more}`.trimEnd());

/** A key as programs see it: without its hash. */
export function describeKey(key: StoredKey): Record<string, unknown> {
  return {
    ...{ id: key.id, role: key.role, grants: key.grants, label: key.label },
    ...{ documents: key.scope.documents ?? null, roots: key.scope.roots ?? null },
    requestsPerMinute: key.requestsPerMinute ?? null,
    createdAt: isoTime(key.createdAtMs),
    expiresAt: isoTime(key.expiresAtMs) ?? null,
    lastUsedAt: isoTime(key.lastUsedAtMs) ?? null,
  };
}

function tableOf(keys: readonly StoredKey[]): string {
  return layTable(
    ['ID', 'ROLE', 'FOR', 'ONLY', 'MADE', 'ENDS', 'LAST USED'],
    keys.map((key) => [
      ...[key.id, [key.role, ...key.grants].join('+'), key.label],
      [...(key.scope.documents ?? []), ...(key.scope.roots ?? [])].join(' ') || 'everything',
      ...[
        isoTime(key.createdAtMs) ?? '',
        isoTime(key.expiresAtMs) ?? 'never',
        isoTime(key.lastUsedAtMs) ?? 'never',
      ],
    ]),
  );
}

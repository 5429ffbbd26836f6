import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { Grant } from './accounts/access.ts';
import { readConfig } from './config.ts';
import { ControlCommand, runControlCommand, type ControlAnswer } from './control-commands.ts';
import { askHolder } from './gateway/control-listener.ts';
import { openStore } from './open-store.ts';

const HELP = `streamwall: what an admin does to a sync server's store, whether the server runs or not

  key create --role ROLE [--grant GRANT]… [--label TEXT] [--json]   makes a key and shows it, once
  key revoke ID [--json]                                            from now on it opens nothing

  ROLE    admin, operator, monitor, viewer or service
  GRANT   for services: ${Grant.options.join(', ')}

The store is the one that the environment names: DATABASE_URL, or DATA_DIR.`;

/** Says what is wrong and ends. */
function giveUp(words: string): never {
  console.error(words);
  process.exit(2);
}

function readCommand(): { command: ControlCommand; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        grant: { type: 'string', multiple: true },
        label: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const [noun, verb, id] = positionals;
    const { role, grant: grants = [], label = '', json = false } = values;
    const wanted =
      noun === 'key' && verb === 'create'
        ? { type: 'create-key', role, grants, label }
        : noun === 'key' && verb === 'revoke'
          ? { type: 'revoke-key', id }
          : undefined;
    const command = ControlCommand.safeParse(wanted);
    return command.success ? { command: command.data, json } : giveUp(HELP);
  } catch (error) {
    return giveUp(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

async function perform(command: ControlCommand): Promise<ControlAnswer> {
  const config = readConfig(process.env, join(homedir(), '.streamwall', 'server'));
  if (!config.ok) giveUp(config.error);
  const say = (message: string): void => console.error(message);
  const logger: Logger = { info: () => undefined, warn: say, error: say };
  const store = await openStore(config.value, { clock: systemClock, logger });
  if (!store.ok) return askHolder(store.error, command);
  try {
    return await runControlCommand(command, store.value.accounts.keys, systemClock.nowMs());
  } finally {
    await store.value.close();
  }
}

function describe(answer: ControlAnswer): string {
  if (answer.type === 'key-revoked') return answer.existed ? 'Revoked.' : 'There is no such key.';
  return `${answer.key}\n\nThis is the key ${answer.id}. It is shown only now.`;
}

const { command, json } = readCommand();
const answer = await perform(command);
const { type: _type, ...plain } = answer;
console.log(json ? JSON.stringify(plain) : describe(answer));

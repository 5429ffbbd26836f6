import type { Task } from './clients/task.ts';
import type { Contestant, Running } from './contestants.ts';
import type { Grounds } from './grounds.ts';
import type { Figures, Measurement } from './ratios.ts';
import type { BenchOptions, Scenario } from './read-options.ts';
import type { Clients } from './run-clients.ts';

export type Stage = {
  readonly grounds: Grounds;
  readonly clients: Clients;
  readonly options: BenchOptions;
  readonly say: (line: string) => void;
  /** Whether somebody wants it to end. */
  readonly isInterrupted: () => boolean;
};

type Turn = {
  readonly contestant: Contestant;
  readonly dataName: string;
  running: Running;
};

/**
 * Runs one scenario at every contestant. All are started first, and take turns pass by pass, so that what else the machine
 * does hits all alike.
 */
export async function runScenario(
  scenario: Scenario,
  contestants: readonly Contestant[],
  stage: Stage,
): Promise<readonly Measurement[]> {
  const turns: Turn[] = [];
  const measurements: Measurement[] = [];
  try {
    for (const contestant of contestants) {
      const dataName = `${scenario} ${contestant.name}`;
      turns.push({ contestant, dataName, running: await contestant.start(stage.grounds, dataName) });
    }
    for (let pass = 1; pass <= stage.options.passes; pass++) {
      for (const turn of turns) {
        if (stage.isInterrupted()) return measurements;
        const { name, setting, isOurs } = turn.contestant;
        const figures = await runPass(scenario, turn, pass, stage).catch((error: unknown): Figures => {
          if (!stage.isInterrupted())
            stage.say(`  ${scenario}, ${name}, pass ${String(pass)} failed: ${String(error)}`);
          return {};
        });
        measurements.push({ scenario, server: name, setting, isOurs, figures });
      }
    }
  } finally {
    await Promise.all(turns.map(async ({ running }) => running.stop('SIGKILL')));
  }
  return measurements;
}

async function runPass(scenario: Scenario, turn: Turn, pass: number, stage: Stage): Promise<Figures> {
  const perform = async (step: Task['step']) =>
    stage.clients.perform({
      step,
      targets: turn.running.targets,
      databasePids: stage.grounds.databasePids,
      pass: `${scenario}-${String(pass)}`,
      seconds: stage.options.seconds,
      scale: stage.options.scale,
    });
  const restart = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    await turn.running.stop(signal);
    turn.running = await turn.contestant.start(stage.grounds, turn.dataName);
  };
  if (scenario === 'd') {
    const { figures } = await perform('d-warm');
    if (!turn.contestant.keeps) return figures;
    await restart('SIGTERM');
    return { ...figures, ...(await perform('d-cold')).figures };
  }
  if (scenario === 'h') {
    turn.running.expectEnd();
    const { marks } = await perform('h-load');
    await restart('SIGKILL');
    const kept = new Set((await perform('h-check')).marks?.kept);
    return lostFigures(marks?.saved ?? null, marks?.seen ?? [], kept);
  }
  return (await perform(scenario)).figures;
}

function lostFigures(
  saved: readonly string[] | null,
  seen: readonly string[],
  kept: ReadonlySet<string>,
): Figures {
  const lost = (marks: readonly string[]): number => marks.filter((mark) => !kept.has(mark)).length;
  const figures = { seen: seen.length, seenAndLost: lost(seen) };
  return saved === null ? figures : { ...figures, saved: saved.length, savedAndLost: lost(saved) };
}

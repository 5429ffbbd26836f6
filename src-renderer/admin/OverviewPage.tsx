import { inOwnWords } from '../words/told-words.ts';
import { agoWords } from '../words/time-words.ts';
import { StatusMark } from '../ui/StatusMark.tsx';
import styles from './Admin.module.css';
import { Overview } from './admin-shapes.ts';
import { LineChart } from './LineChart.tsx';
import { messages } from './messages.ts';
import { Shown } from './Shown.tsx';
import { useAsked } from './use-asked.ts';

const words = messages.overview;
const EVERY_MS = 5_000;
const MARKS = { ok: 'playing', degraded: 'recovering', down: 'failed' } as const;

/** How the server is doing, at a glance. */
export function OverviewPage() {
  const asked = useAsked('admin/overview', Overview, EVERY_MS);
  return (
    <Shown asked={asked}>
      {(overview) => (
        <div className={styles.page}>
          {overview.maintenance !== null && (
            <p className={styles.problem}>
              {words.maintenance} {overview.maintenance}
            </p>
          )}
          {overview.may_lack_instances && <p className={styles.problem}>{words.mayLack}</p>}
          <Connected {...overview.connected} />
          <section className={styles.page} aria-labelledby="health">
            <h2 id="health">{words.health}</h2>
            <ul>
              {Object.entries(overview.health).map(([name, { state, note }]) => (
                <li key={name} className={styles.row}>
                  <StatusMark tone={MARKS[state]} />
                  <b>{name}</b> {words.states[state]}
                  {note !== undefined && <span className={styles.quiet}>{inOwnWords(note)}</span>}
                </li>
              ))}
            </ul>
            <p className={styles.quiet}>
              {words.since(agoWords(Date.parse(overview.started_at), Date.parse(overview.now)))}
            </p>
          </section>
          {overview.instances.length > 1 && <Instances {...overview} />}
          <Charts {...overview} />
        </div>
      )}
    </Shown>
  );
}

/** How each of several instances does: as its worst part. */
function Instances({ instances, now }: Pick<Overview, 'instances' | 'now'>) {
  return (
    <section className={styles.page} aria-labelledby="instances">
      <h2 id="instances">{words.instances}</h2>
      <ul>
        {instances.map(({ id, is_this: isThis, started_at: startedAt, connections, health }) => {
          const states = Object.values(health).map(({ state }) => state);
          const state = (['down', 'degraded'] as const).find((one) => states.includes(one)) ?? 'ok';
          return (
            <li key={id} className={styles.row}>
              <StatusMark tone={MARKS[state]} />
              <b>{words.instance(id.slice(0, 8), isThis)}</b> {words.states[state]}
              <span className={styles.quiet}>
                {words.instanceFacts(
                  agoWords(Date.parse(startedAt), Date.parse(now)),
                  connections.toLocaleString(),
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Connected(counts: Overview['connected']) {
  return (
    <ul className={styles.facts}>
      {(['people', 'bots', 'walls', 'connections'] as const).map((name) => (
        <li key={name} className={styles.fact}>
          <b>{counts[name].toLocaleString()}</b>
          {words[name]}
        </li>
      ))}
    </ul>
  );
}

function Charts({ discovery, activity }: Pick<Overview, 'discovery' | 'activity'>) {
  return (
    <div className={styles.charts}>
      <LineChart name={words.discovery} kind="bars" values={discovery.map(({ added }) => added)} />
      {activity.length === 0 ? (
        <p className={styles.quiet}>{words.tooSoon}</p>
      ) : (
        <>
          <LineChart name={words.edits} values={activity.map(({ edits }) => edits)} />
          <LineChart
            name={words.refused}
            isTrouble
            values={activity.map(({ refusedEdits }) => refusedEdits)}
          />
          <LineChart
            name={words.failed}
            isTrouble
            values={activity.map(({ failedRequests }) => failedRequests)}
          />
          <LineChart name={words.connected} values={activity.map(({ connections }) => connections)} />
          <LineChart
            name={words.memory}
            values={activity.map(({ memoryBytes }) => Math.round(memoryBytes / 1_048_576))}
          />
        </>
      )}
    </div>
  );
}

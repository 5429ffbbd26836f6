import { runAlone } from '../run-alone.ts';
import { runStatus } from './run-status.ts';

/** `npm run ingest:status`: asks whether the team's streams are live. */
await runAlone(runStatus, 'STATUS_METRICS_PORT');

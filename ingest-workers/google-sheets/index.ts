import { runAlone } from '../run-alone.ts';
import { runSheet } from './run-sheet.ts';

/** `npm run ingest:sheet`: keeps a Google Sheet and the team's catalogue in step. */
await runAlone(runSheet, 'SHEET_METRICS_PORT');

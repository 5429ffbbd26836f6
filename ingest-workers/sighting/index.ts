import { runSighting } from './run-sighting.ts';

// Whoever reads the answers may stop before the end, as `head` does.
process.stdout.on('error', () => process.exit(0));
process.stdin.setEncoding('utf8');
process.exitCode = await runSighting(process.argv.slice(2), {
  input: process.stdin as AsyncIterable<string>,
  output: process.stdout,
  say: (words) => process.stderr.write(words),
});

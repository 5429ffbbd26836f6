import { app, dialog } from 'electron';
import { readConfig } from './config.ts';
import { runDesktop } from './run-desktop.ts';
import { declareAppScheme } from './windows/app-pages.ts';
import { keepDrawing } from './windows/keep-drawing.ts';

const config = readConfig(process.env, process.argv.slice(1), app.getPath('userData'));
if (!config.ok) {
  console.error(config.error);
  app.exit(2);
} else {
  app.setPath('userData', config.value.dataFolder);
  if (app.requestSingleInstanceLock()) {
    declareAppScheme();
    keepDrawing();
    const { value } = config;
    app
      .whenReady()
      .then(async () => runDesktop(value))
      .catch((error: unknown) => {
        console.error(error);
        dialog.showErrorBox(
          'Streamwall cannot start',
          error instanceof Error ? error.message : String(error),
        );
        app.exit(1);
      });
  } else {
    console.log('Streamwall runs already; its windows were brought forward.');
    app.exit(0);
  }
}

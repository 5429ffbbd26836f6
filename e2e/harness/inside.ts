import type { App, BaseWindow, BrowserWindow, WebContents } from 'electron';
import type { Desk } from './desk.ts';

type Electron = {
  readonly app: App;
  readonly webContents: { readonly getAllWebContents: () => WebContents[] };
  readonly BaseWindow: { readonly getAllWindows: () => BaseWindow[] };
  readonly BrowserWindow: { readonly fromWebContents: (contents: WebContents) => BrowserWindow | null };
};

/** Runs functions where the program runs. They are sent as text: they see their argument, and nothing around them. */
export type Inside = {
  /** In the main process. */
  readonly main: <A, T>(what: (electron: Electron, argument: A) => T | Promise<T>, argument: A) => Promise<T>;
  /** In the control window. */
  readonly control: <A, T>(what: (argument: A) => T | Promise<T>, argument: A) => Promise<T>;
};

/** Of a desk whose windows a story can look into. */
export function insideOf({ app, control }: Desk): Inside {
  return {
    main: async <A, T>(what: (electron: Electron, argument: A) => T | Promise<T>, argument: A) =>
      app.evaluate<T, A>(what as never, argument),
    control: async <A, T>(what: (argument: A) => T | Promise<T>, argument: A) =>
      control.evaluate<T, A>(what as never, argument),
  };
}

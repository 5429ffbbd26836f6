/** Put in by the build of the browser's control room. */
declare const __APP_VERSION__: string;

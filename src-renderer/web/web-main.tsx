import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { CrashScreen } from '../control/CrashScreen.tsx';
import { rememberedTheme, showTheme } from '../control/theme.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { WebWindow } from './WebWindow.tsx';

/** The control room in a browser: its bridge is a replica in the page. */
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
showTheme(rememberedTheme());

createRoot(root).render(
  <CrashScreen>
    <TooltipProvider>
      <WebWindow version={__APP_VERSION__} />
    </TooltipProvider>
  </CrashScreen>,
);

// Without it (no TLS, a private window) the room works as long as the page is open.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/sw.js').catch(() => undefined);

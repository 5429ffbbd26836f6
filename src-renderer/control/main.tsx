import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDesktopBridge } from '../bridge-desktop.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { ControlWindow } from './ControlWindow.tsx';
import { CrashScreen } from './CrashScreen.tsx';
import { messages } from './messages.ts';
import { MessageScreen } from './MessageScreen.tsx';
import { rememberedTheme, showTheme } from './theme.ts';

/** The control window of a desk: its bridge is the main process of the same program. */
const root = document.getElementById('root');
if (root === null) throw new Error('control.html has no #root');
const api = window.streamwall;
showTheme(rememberedTheme());

createRoot(root).render(
  <StrictMode>
    <CrashScreen>
      <TooltipProvider>
        {api === undefined ? (
          <MessageScreen {...messages.noBridge} />
        ) : (
          <ControlWindow bridge={createDesktopBridge(api)} />
        )}
      </TooltipProvider>
    </CrashScreen>
  </StrictMode>,
);

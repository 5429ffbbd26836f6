import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { CrashScreen } from '../control/CrashScreen.tsx';
import { rememberedTheme, showTheme } from '../control/theme.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { AdminWindow } from './AdminWindow.tsx';

/** The administration, at /admin. */
const root = document.getElementById('root');
if (root === null) throw new Error('admin.html has no #root');
showTheme(rememberedTheme());

createRoot(root).render(
  <CrashScreen>
    <TooltipProvider>
      <AdminWindow version={__APP_VERSION__} />
    </TooltipProvider>
  </CrashScreen>,
);

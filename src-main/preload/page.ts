import { runPageFrame } from './page-frame.ts';

runPageFrame();

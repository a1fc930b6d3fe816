// The pools of the corpus are TypeScript, which a thread does not read by itself.
import { register } from 'tsx/esm/api';

register();
await import('./rows.mjs');

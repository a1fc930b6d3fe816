import { register } from 'node:module';

register('./compiled-hooks.mjs', import.meta.url);

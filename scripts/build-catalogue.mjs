// Compiles catalogue/*.yaml into dist/catalogue.json, so that a command starts without parsing YAML. Runs in `npm run build`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from '../dist/recognise/load.js';

const catalogue = await readCatalogue(fileURLToPath(new URL('../catalogue', import.meta.url)));
await writeFile(new URL('../dist/catalogue.json', import.meta.url), JSON.stringify(catalogue));

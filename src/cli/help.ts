import { type FlagSpec, GLOBAL_FLAGS } from './arguments.js';
import type { Command } from './command.js';

/** Verbs in the order a user meets them. Each is imported only when it runs: `--help` and `verify` load no server and no database. */
export const COMMANDS: Readonly<Record<string, () => Promise<{ default: Command }>>> = {
  demo: () => import('./commands/demo.js'),
  init: () => import('./commands/init.js'),
  source: () => import('./commands/source.js'),
  capture: () => import('./commands/capture.js'),
  import: () => import('./commands/import.js'),
  watch: () => import('./commands/watch.js'),
  list: () => import('./commands/list.js'),
  show: () => import('./commands/show.js'),
  recognise: () => import('./commands/recognise.js'),
  catalogue: () => import('./commands/catalogue.js'),
  screen: () => import('./commands/screen.js'),
  copies: () => import('./commands/copies.js'),
  compare: () => import('./commands/compare.js'),
  lists: () => import('./commands/lists.js'),
  case: () => import('./commands/case.js'),
  dossier: () => import('./commands/dossier.js'),
  export: () => import('./commands/export.js'),
  verify: () => import('./commands/verify.js'),
  fsck: () => import('./commands/fsck.js'),
  rebuild: () => import('./commands/rebuild.js'),
  backup: () => import('./commands/backup.js'),
  restore: () => import('./commands/restore.js'),
  log: () => import('./commands/log.js'),
  alert: () => import('./commands/alert.js'),
  people: () => import('./commands/people.js'),
  serve: () => import('./commands/serve.js'),
  mcp: () => import('./commands/mcp.js'),
};

export function help(command: Command): string {
  const flag = ([name, spec]: [string, FlagSpec]): string => {
    const form = `${name.length === 1 ? '-' : '--'}${name}${spec.kind === 'switch' ? '' : ` ${spec.placeholder ?? 'VALUE'}`}`;
    return `  ${form.padEnd(26)} ${spec.help}`;
  };
  const usage = command.usage.map((form) => `  asposted ${command.name} ${form}`.trimEnd());
  const flags = Object.entries({ ...command.flags, ...GLOBAL_FLAGS }).map(flag);
  const description = command.description === undefined ? '' : `\n${command.description}\n`;
  const examples = command.examples.map((line) => `  ${line}`).join('\n');
  return `${command.summary}\n\nusage:\n${usage.join('\n')}\n${description}\nexamples:\n${examples}\n\nflags:\n${flags.join('\n')}\n`;
}

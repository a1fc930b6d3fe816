#!/usr/bin/env node
import { AsPostedError, SETTINGS, type SettingTable, causeChain } from '../model/index.js';
import { parseArguments } from './arguments.js';
import { EXIT, EXIT_OF } from './exit-codes.js';
import { COMMANDS, help } from './help.js';
import { printable } from './printable.js';

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === 'help' && rest[0] !== undefined) return main([rest[0], '--help']);
  if (name === undefined || name === '--help' || name === 'help' || name === '-h') return printOverview();
  if (name === '--version' || name === 'version') {
    process.stdout.write(`${(await import('./version.js')).software()}\n`);
    return EXIT.done;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw await unknownCommand(name);
  const command = (await load()).default;
  const parsed = parseArguments(rest, command.flags ?? {}, await settingsNamedBy(rest));
  if (parsed.has('help')) {
    process.stdout.write(help(command));
    return EXIT.done;
  }
  const { makeContext } = await import('./context.js');
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted); // a second Ctrl-C does not wait; nothing acknowledged is lost
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const context = makeContext(parsed, stop.signal);
  try {
    return await command.run(context);
  } finally {
    await context.close();
  }
}

/** Settings that channels declare are looked for only where a word may name one: most commands load no channel. */
async function settingsNamedBy(words: readonly string[]): Promise<SettingTable> {
  if (!words.some((word) => word.startsWith('--alert.'))) return SETTINGS;
  const { channelSettings } = await import('../alert/load.js');
  return { ...(await channelSettings()), ...SETTINGS };
}

async function unknownCommand(name: string): Promise<AsPostedError> {
  const { closest, distance } = await import('fastest-levenshtein');
  const nearest = closest(name, Object.keys(COMMANDS));
  const meant = distance(name, nearest) <= 3 ? `Did you mean \`asposted ${nearest}\`? ` : '';
  const hint = `${meant}Commands: ${Object.keys(COMMANDS).join(', ')}.`;
  return new AsPostedError({ code: 'USAGE', message: `there is no command ${name}`, hint });
}

async function printOverview(): Promise<number> {
  const commands = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).default));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`);
  process.stdout.write(
    `As Posted keeps public notices as posted: evidence anyone can check.\n\nusage: asposted COMMAND [ARGUMENTS]   (asposted COMMAND --help tells more)\n\n${lines.join('\n')}\n`,
  );
  return EXIT.done;
}

/** One sentence, the cause, the next step; with --json the same as one object on stderr. */
function report(error: unknown, json: boolean): number {
  const code = error instanceof AsPostedError ? error.code : undefined;
  const [first = 'unknown error', ...causes] = causeChain(error);
  const hint = error instanceof AsPostedError ? error.hint : undefined;
  const exit = code === undefined ? EXIT.failed : EXIT_OF[code];
  if (json) {
    const retry = error instanceof AsPostedError ? error.retry : 'never';
    const facts = { type: 'error', code: code ?? 'UNEXPECTED', message: first, causes, retry, hint, exit };
    process.stderr.write(`${JSON.stringify(facts)}\n`);
  } else {
    process.stderr.write(`asposted: ${first}\n`);
    // A cause may be a library's paragraph, or quote what a site sent: its first line, without control characters.
    for (const cause of causes) process.stderr.write(`  because: ${printable(cause.split('\n', 1)[0]!)}\n`);
    if (hint !== undefined) process.stderr.write(`  next: ${hint}\n`);
    if (code === undefined && process.env['ASPOSTED_DEBUG']) process.stderr.write(`${(error as Error).stack ?? ''}\n`);
  }
  return exit;
}

/** A reader that stops early (`| head`) is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
});

const argv = process.argv.slice(2);
process.exitCode = await main(argv).catch((error: unknown) => report(error, argv.includes('--json')));

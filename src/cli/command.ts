import type { FlagSpec, Parsed } from './arguments.js';
import type { Parts } from '../watch/index.js';
import type { Settings } from '../model/index.js';

/** One verb, one file; help text, flags and docs come from this object. */
export interface Command {
  name: string;
  summary: string;
  /** Forms after `asposted NAME`. */
  usage: readonly string[];
  description?: string;
  /** Whole command lines, shown before the flags. */
  examples: readonly string[];
  flags?: Readonly<Record<string, FlagSpec>>;
  /** Returns the exit code; throws AsPostedError for everything that went wrong. */
  run(context: Context): Promise<number>;
}

export interface OpenOptions {
  /** Make the store when there is none. */
  create?: boolean;
  /** Another folder than that of --store. */
  dir?: string;
  /** Settings that win over all others (the demo's waiting times). */
  settings?: Partial<Settings>;
  /** Leave the rows as they are: `rebuild` throws them away anyhow. */
  leaveRows?: boolean;
  /** Nothing is asked of the network or of a source: what asks them takes half a second to load. */
  offline?: boolean;
}

export interface Context {
  parsed: Parsed;
  json: boolean;
  storeDir: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Resolved once, on first use. */
  settings(): Promise<Settings>;
  /** What the stages need besides a store. */
  tools(): Promise<Omit<Parts, 'store' | 'catalogue'>>;
  /** Opens the store with everything the stages need; closed when the command ends. */
  open(options?: OpenOptions): Promise<Parts>;
  /** Results. */
  out(text: string): void;
  /** Everything else. */
  err(text: string): void;
  readStdin(): Promise<Buffer>;
  /** Fires on Ctrl-C. */
  signal: AbortSignal;
}

export const defineCommand = (command: Command): Command => command;

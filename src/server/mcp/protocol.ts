/**
 * Model Context Protocol over lines: JSON-RPC 2.0, one message a line (specification of 2025-11-25, base protocol, transports and
 * tools). Only what a server with tools needs; every message is untrusted.
 */
import { z } from 'zod';

/** Newest first. 2025-03-26 is left out: it demands batches, which later ones took back. */
const VERSIONS = ['2025-11-25', '2025-06-18', '2024-11-05'] as const;

/** A pasted text of a million letters, each at most six bytes as a JSON escape, and room for the rest. */
export const LONGEST_LINE = 6_100_000;
/** Calls that are at work or wait; one more is refused, so that a client that only asks cannot fill the memory. */
const MOST_CALLS = 64;
const AT_ONCE = 4;

export interface ToolResult {
  structuredContent: Record<string, unknown>;
  isError?: true;
}

export interface ToolServer {
  info: { name: string; version: string; title: string };
  instructions: string;
  /** As `tools/list` gives them. */
  tools: readonly { name: string; [fact: string]: unknown }[];
  /** Gives an answer to any arguments whatever; what it throws is told as a failure without its words. */
  call(name: string, given: unknown): Promise<ToolResult>;
}

/** Codes of JSON-RPC 2.0, section 5.1; -32000 is free for servers. */
const CODE = { parse: -32_700, request: -32_600, method: -32_601, params: -32_602, internal: -32_603, busy: -32_000 };

type Id = string | number;
const Message = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string().max(200), z.number()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
});

export interface Session {
  /** One line without its end. */
  receive(line: string): void;
  /** A line that was longer than is read. */
  tooLong(): void;
  /** Until every call that was taken has been answered. */
  idle(): Promise<void>;
}

/** `send` is given whole messages, in the order in which they are ready. */
export function openSession(server: ToolServer, send: (message: object) => void): Session {
  const open = new Map<Id, { cancelled: boolean }>();
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<void>>();

  const answer = (id: Id, result: object): void => {
    send({ jsonrpc: '2.0', id, result });
  };
  const refuse = (id: Id | null, code: number, message: string): void => {
    send({ jsonrpc: '2.0', id, error: { code, message } });
  };

  const next = (): void => {
    while (running.size < AT_ONCE) {
      const work = waiting.shift();
      if (!work) return;
      const done: Promise<void> = work().finally(() => {
        running.delete(done);
        next();
      });
      running.add(done);
    }
  };

  const call = (id: Id, params: Record<string, unknown>): void => {
    const name = params['name'];
    if (typeof name !== 'string' || !server.tools.some((tool) => tool.name === name)) {
      refuse(id, CODE.params, `there is no such tool; there are: ${server.tools.map((tool) => tool.name).join(', ')}`);
      return;
    }
    if (open.has(id)) {
      refuse(id, CODE.request, 'a request with this id is being answered');
      return;
    }
    if (open.size >= MOST_CALLS) {
      refuse(id, CODE.busy, `${MOST_CALLS} calls are waiting; ask again when some are answered`);
      return;
    }
    const state = { cancelled: false };
    open.set(id, state);
    waiting.push(async () => {
      try {
        if (state.cancelled) return;
        const result = await server.call(name, params['arguments'] ?? {});
        // Whoever cancelled waits for no answer (specification, cancellation).
        if (!state.cancelled)
          answer(id, { content: [{ type: 'text', text: JSON.stringify(result.structuredContent) }], ...result });
      } catch {
        if (!state.cancelled) refuse(id, CODE.internal, 'something went wrong that was not foreseen');
      } finally {
        open.delete(id);
      }
    });
    next();
  };

  const notified = (method: string, params: Record<string, unknown>): void => {
    if (method !== 'notifications/cancelled') return;
    const state = open.get(params['requestId'] as Id);
    if (state) state.cancelled = true;
  };

  const request = (id: Id, method: string, params: Record<string, unknown>): void => {
    switch (method) {
      case 'initialize':
        answer(id, {
          protocolVersion: versionFor(params['protocolVersion']),
          capabilities: { tools: {} },
          serverInfo: server.info,
          instructions: server.instructions,
        });
        return;
      case 'ping':
        answer(id, {});
        return;
      case 'tools/list':
        answer(id, { tools: server.tools });
        return;
      case 'tools/call':
        call(id, params);
        return;
      default:
        refuse(id, CODE.method, 'this server has no such method');
    }
  };

  return {
    receive: (line) => {
      if (line.trim() === '') return;
      const read = parsed(line);
      if (read === undefined) {
        refuse(null, CODE.parse, 'a line holds one message of JSON');
        return;
      }
      const message = Message.safeParse(read);
      if (!message.success) {
        refuse(null, CODE.request, 'this is no request of JSON-RPC 2.0; batches are not taken');
        return;
      }
      const { id, method, params = {} } = message.data;
      if (method === undefined) return; // an answer: this server asks nothing
      if (id === undefined) notified(method, params);
      else request(id, method, params);
    },
    tooLong: () => {
      refuse(null, CODE.parse, `a message may have ${LONGEST_LINE} bytes`);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** What was asked for, else the newest that is not newer than it: a client knows the older ones sooner. */
function versionFor(wanted: unknown): string {
  return VERSIONS.find((each) => typeof wanted !== 'string' || each <= wanted) ?? VERSIONS.at(-1)!;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Cuts bytes into lines; what is longer than `LONGEST_LINE` is told once and left out to its end, never held. */
export async function readLines(
  input: AsyncIterable<Uint8Array>,
  session: Pick<Session, 'receive' | 'tooLong'>,
): Promise<void> {
  let held: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array): void => {
    length += part.length;
    if (length > LONGEST_LINE) held = [];
    else held.push(part);
  };
  const end = (): void => {
    if (length > LONGEST_LINE) session.tooLong();
    else session.receive(Buffer.concat(held).toString('utf8'));
    held = [];
    length = 0;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, at));
      end();
      from = at + 1;
    }
    take(chunk.subarray(from));
  }
  if (length > 0) end();
}

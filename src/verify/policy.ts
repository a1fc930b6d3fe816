/** Trust policy files (C2SP tlog-policy; facts/evidence §17): which logs, which witnesses, and how many of them. */
import { AsPostedError } from '../model/index.js';
import { type Cosignature, type CosignerKey, openCosignatures, parseCosigner } from './cosignature.js';
import { sha256Hex, toHex, utf8 } from './hash.js';
import { type Checkpoint, type VerifierKey, openCheckpoint, parseKey } from './note.js';

export interface TrustPolicy {
  logs: { key: VerifierKey; url?: string }[];
  witnesses: { name: string; key: CosignerKey; url?: string }[];
  groups: { name: string; threshold: number; members: string[] }[];
  /** Name of a witness or group; undefined when the policy asks for none. */
  quorum: string | undefined;
  /** Of the file: printed with every verdict, so that it can be told under which policy it was given. */
  sha256: string;
  /** What a reader should know though the file is valid, e.g. a witness key of the plain type. */
  warnings: string[];
}

const RESERVED = new Set(['log', 'witness', 'group', 'any', 'all', 'none', 'quorum']);
const MAX_POLICY = 1 << 20;
/** A witness's clock may be a little ahead of ours. */
const AHEAD_SECONDS = 300;

/** Throws BAD_INPUT naming the line. Names are one namespace, defined before they are used; members stand in one group only. */
export function parsePolicy(text: string): TrustPolicy {
  const reader = new PolicyReader();
  if (text.length > MAX_POLICY) throw bad(0, 'the file is longer than 1 MiB');
  for (const [at, line] of text.split('\n').entries()) {
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) throw bad(at + 1, 'it holds a control character');
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length > 0 && !words[0]!.startsWith('#')) reader.line(at + 1, words);
  }
  return reader.finish(sha256Hex(utf8(text)));
}

function bad(line: number, why: string): AsPostedError {
  return new AsPostedError({
    code: 'BAD_INPUT',
    message: line > 0 ? `line ${line} of the policy cannot be used: ${why}` : `the policy cannot be used: ${why}`,
    hint: 'A policy has lines `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME any|all|K MEMBER…` and one `quorum NAME|none`.',
  });
}

class PolicyReader {
  private readonly logs: TrustPolicy['logs'] = [];
  private readonly witnesses: TrustPolicy['witnesses'] = [];
  private readonly groups: TrustPolicy['groups'] = [];
  private readonly warnings: string[] = [];
  private readonly names = new Set<string>();
  private readonly members = new Set<string>();
  private quorum: string | undefined;

  line(at: number, [keyword = '', ...rest]: string[]): void {
    if (keyword === 'log') this.log(at, rest);
    else if (keyword === 'witness') this.witness(at, rest);
    else if (keyword === 'group') this.group(at, rest);
    else if (keyword === 'quorum') this.setQuorum(at, rest);
    else throw bad(at, `there is no keyword ${JSON.stringify(keyword)}`);
  }

  private log(at: number, [vkey = '', url, ...more]: string[]): void {
    const key = parseKey(vkey);
    if (!key || more.length > 0) throw bad(at, 'it is not `log VKEY [URL]` with an Ed25519 key');
    if (this.logs.some((each) => toHex(each.key.publicKey) === toHex(key.publicKey)))
      throw bad(at, 'another log has this key');
    this.logs.push({ key, ...(url === undefined ? {} : { url }) });
  }

  private witness(at: number, [name = '', vkey = '', url, ...more]: string[]): void {
    const key = parseCosigner(vkey);
    if (!key || more.length > 0) throw bad(at, 'it is not `witness NAME VKEY [URL]` with a key of a known type');
    this.define(at, name);
    if (this.witnesses.some((each) => toHex(each.key.publicKey) === toHex(key.publicKey)))
      throw bad(at, 'another witness has this key');
    if (key.converted)
      this.warnings.push(`line ${at}: the key of ${name} is of the plain type and was taken as type 4`);
    this.witnesses.push({ name, key, ...(url === undefined ? {} : { url }) });
  }

  private group(at: number, [name = '', count = '', ...members]: string[]): void {
    if (members.length === 0) throw bad(at, 'the group has no members');
    for (const member of members) {
      if (!this.names.has(member)) throw bad(at, `${member} is not defined on an earlier line`);
      if (this.members.has(member)) throw bad(at, `${member} is a member already`);
      this.members.add(member);
    }
    this.define(at, name);
    this.groups.push({ name, threshold: threshold(at, count, members.length), members });
  }

  private setQuorum(at: number, [name = '', ...more]: string[]): void {
    if (this.quorum !== undefined) throw bad(at, 'there is a second quorum line');
    if (more.length > 0 || (name !== 'none' && !this.names.has(name)))
      throw bad(at, `${name || 'the quorum'} is not defined on an earlier line`);
    this.quorum = name;
  }

  private define(at: number, name: string): void {
    if (name === '' || RESERVED.has(name)) throw bad(at, `${JSON.stringify(name)} cannot be a name`);
    if (this.names.has(name)) throw bad(at, `${name} is defined twice`);
    this.names.add(name);
  }

  finish(sha256: string): TrustPolicy {
    if (this.quorum === undefined) throw bad(0, 'it has no quorum line');
    const { logs, witnesses, groups, warnings } = this;
    return { logs, witnesses, groups, warnings, sha256, quorum: this.quorum === 'none' ? undefined : this.quorum };
  }
}

function threshold(at: number, word: string, members: number): number {
  if (word === 'any') return 1;
  if (word === 'all') return members;
  const count = /^[1-9]\d{0,5}$/.test(word) ? Number(word) : 0;
  if (count < 1 || count > members) throw bad(at, `${JSON.stringify(word)} of ${members} members is no threshold`);
  return count;
}

export interface PolicyAnswer {
  checkpoint: Checkpoint;
  log: VerifierKey;
  witnesses: { name: string; time: number }[];
  /** Cosignatures whose time is further ahead than a clock may be wrong; they do not count. */
  ahead: string[];
  quorumMet: boolean;
}

/**
 * A checkpoint held against a policy: signed by a listed log whose name is its origin, cosigned by known witnesses.
 * `undefined`: no listed log signed it. `'broken'`: a cosignature by a listed witness does not verify.
 */
export async function applyPolicy(
  note: string,
  policy: TrustPolicy,
  now?: Date,
): Promise<PolicyAnswer | 'broken' | undefined> {
  for (const { key: log } of policy.logs) {
    const checkpoint = openCheckpoint(note, [log], log.name);
    if (!checkpoint) continue;
    const found = await openCosignatures(
      note,
      policy.witnesses.map(({ key }) => key),
    );
    if (!found) return 'broken';
    const latest = now === undefined ? Infinity : now.getTime() / 1000 + AHEAD_SECONDS;
    const named = found.map((each) => ({ name: nameOf(policy, each), time: each.time }));
    const witnesses = named.filter(({ time }) => time <= latest);
    const ahead = named.filter(({ time }) => time > latest).map(({ name }) => name);
    const signed = new Set(witnesses.map(({ name }) => name));
    return { checkpoint, log, witnesses, ahead, quorumMet: isMet(policy, policy.quorum, signed) };
  }
  return undefined;
}

function nameOf(policy: TrustPolicy, { cosigner }: Cosignature): string {
  return policy.witnesses.find(({ key }) => key === cosigner)!.name;
}

/** Groups are defined before they are used, so this ends. */
function isMet(policy: TrustPolicy, name: string | undefined, signed: ReadonlySet<string>): boolean {
  if (name === undefined) return true;
  const group = policy.groups.find((each) => each.name === name);
  if (!group) return signed.has(name);
  return group.members.filter((member) => isMet(policy, member, signed)).length >= group.threshold;
}

import { eventlet } from '../python/eventlet';
import type { FileFacts, FixFacts, MarkFacts } from './analysis';
import { Audience, type Double, type DoubledUse, type DoubleFile, type Party, type Pick } from './doubles';
import type { Precondition } from './finding';
import { isModuleName } from './moduleNames';

/** What has to be known of the project while parties are made. */
export interface PartyHall {
  facts(uri: string): FileFacts | undefined;
  pathOf(uri: string): string;
  /** Whether a mark is reported and nobody keeps it. */
  isLeft(uri: string, mark: MarkFacts): boolean;
  /** How safe a fix is, as if there were no doubles. */
  alone(uri: string, fix: FixFacts): { readonly isSafe: boolean; readonly why?: string; readonly preconditions: readonly Precondition[] };
  /** The modules among these files, by URI, whose code reads a native name such as `time.sleep`, as far as that is known; undefined where it is not. */
  readers(native: string, files: ReadonlySet<string>): readonly string[] | undefined;
  /** Whether a module, as a file names it, holds eventlet under its name; undefined for one that is none of the project's. */
  holdsEventlet(module: string, uri: string): boolean | undefined;
  /** Whether a module, as a file names it, holds something of the project's own under that name: stand-ins. */
  hasOwnEventlet(module: string, uri: string): boolean;
}

/** What the doubles of a project mean for the marks of one file. */
export interface DoublesHere {
  readonly uri: string;
  /** Paths of the files whose doubles take the place of a canonical name in this file. */
  readonly byApi: Readonly<Record<string, readonly string[]>>;
  /** The parties of the marks, by identity. */
  readonly parties: Readonly<Record<string, Party>>;
  /** What is to be said of doubles that have no effect, by identity. */
  readonly remarks: Readonly<Record<string, string>>;
  /** The doubles of what the project has in the place of eventlet, by identity: they are none of eventlet's. */
  readonly ofOurs: Readonly<Record<string, true>>;
  /** The doubles of a name that the code under test keeps when it moves, by identity, with the reason why they stay as they are. */
  readonly keeps: Readonly<Record<string, string>>;
}

interface Guest {
  readonly uri: string;
  readonly path: string;
  readonly mark: MarkFacts;
  readonly fix: FixFacts | undefined;
  readonly proposal: number;
}

interface UseGuest extends Guest {
  readonly use: DoubledUse;
}

interface DoubleGuest extends Guest {
  readonly double: Double;
  readonly file: DoubleFile;
}

/**
 * Joins code and the doubles that it notices: whoever notices the same double, and all doubles that one use notices, move in one fix or
 * not at all. For native threads; what a test does with coroutines is another test.
 *
 * A double of `time.sleep` is noticed by everybody who reads `time.sleep`, as that of `eventlet.sleep` was by everybody who read that.
 * So the fix is safe where each part is, no call changes its arguments (the test may look at them), and nothing else that the tests
 * load reads the native name: then the double replaces after it exactly what it replaced before. Code of libraries is not looked at.
 */
export function doublesOf(files: readonly DoubleFile[], uses: readonly DoubledUse[], hall: PartyHall): ReadonlyMap<string, DoublesHere> {
  const rooms = new Map<string, Room>();
  const groups = new Groups<UseGuest | DoubleGuest>();
  const guests = new Map(uses.map((use) => [use, { ...guestOf(use.uri, use.mark, hall), use }]));
  const audience = new Audience(uses);
  const together = new Set<readonly DoubledUse[]>();
  for (const file of files) {
    for (const double of file.doubles) {
      const guest = { ...guestOf(file.uri, double.mark, hall), double, file };
      if (double.namesEventlet && double.owner !== '' && hall.hasOwnEventlet(double.owner, file.uri)) {
        room(file.uri).ofOurs[guest.mark.identity] = true;
        continue;
      }
      const reading = audience.noticing(double, file);
      const noticed = double.isKept ? reading.filter((use) => !staysTrue(double, use, guests.get(use))) : reading;
      if (noticed.length > 0 && noticed.every((use) => keepsItsName(use, guests.get(use)))) {
        room(file.uri).keeps[guest.mark.identity] = `\`${double.attribute}\` stays the name of what is replaced: the code under test keeps it, for the native one`;
        // What the test asserts of the arguments is another matter.
        for (const use of noticed) if (!guests.get(use)?.fix?.keepsArguments) room(use.uri).note(use.api, file.path);
        continue;
      }
      groups.add(guest);
      const remark = remarkOn(double, file.uri, noticed.length > 0, hall);
      if (remark !== undefined) room(file.uri).remarks[guest.mark.identity] = remark;
      // What notices another double, too, is together already.
      for (const use of together.has(noticed) ? noticed.slice(0, 1) : noticed) {
        const other = guests.get(use);
        if (other) groups.join(guest, other);
      }
      together.add(noticed);
      // Those of one file stand together, and most of them are of one name.
      noticed.forEach(({ uri, api }, index) => {
        if (noticed[index - 1]?.uri !== uri || noticed[index - 1]?.api !== api) room(uri).note(api, file.path);
      });
    }
  }
  for (const group of groups.all) {
    const party = partyOf(group, hall);
    if (party) for (const { uri, mark } of group) room(uri).parties[mark.identity] = party;
  }
  return rooms;

  function room(uri: string): Room {
    const known = rooms.get(uri) ?? new Room(uri);
    rooms.set(uri, known);
    return known;
  }
}

/** Whether a double of a name of the module is not touched: `pkg.mod.socket`, where the native module takes the name of the green one. */
function staysTrue({ isKept, attribute }: Double, { text }: DoubledUse, guest: Guest | undefined): boolean {
  return isKept === true && !attribute.startsWith('eventlet.') && guest?.fix?.becomes === text;
}

/** Whether the fix of a use leaves it as it is, and binds its name to something else: a double of that name replaces it as before. */
function keepsItsName({ attribute, text }: DoubledUse, guest: Guest | undefined): boolean {
  return attribute === undefined && guest?.fix?.becomes === text;
}

class Room implements DoublesHere {
  constructor(readonly uri: string) {}

  readonly byApi: Record<string, string[]> = {};
  readonly parties: Record<string, Party> = {};
  readonly remarks: Record<string, string> = {};
  readonly ofOurs: Record<string, true> = {};
  readonly keeps: Record<string, string> = {};

  note(api: string, path: string): void {
    const paths = (this.byApi[api] ??= []);
    if (!paths.includes(path)) paths.push(path);
  }
}

/** Things that belong together, directly or through others. */
class Groups<Thing> {
  private readonly groupOf = new Map<Thing, Group<Thing>>();

  /** Those of the one that was joined come before those of the other. */
  get all(): readonly (readonly Thing[])[] {
    return [...new Set([...this.groupOf.keys()].map((thing) => this.add(thing)))].map(thingsIn);
  }

  add(thing: Thing): Group<Thing> {
    const own = this.groupOf.get(thing) ?? { things: [thing], halves: [] };
    const group = outermost(own);
    this.groupOf.set(thing, group);
    return group;
  }

  join(one: Thing, other: Thing): void {
    const [group, second] = [this.add(one), this.add(other)];
    if (group !== second) group.into = second.into = { things: [], halves: [group, second] };
  }
}

/** One thing, or two groups. */
interface Group<Thing> {
  readonly things: readonly Thing[];
  readonly halves: readonly Group<Thing>[];
  /** The group that it has become a part of. */
  into?: Group<Thing>;
}

/** The way there is shorter the next time. */
function outermost<Thing>(group: Group<Thing>): Group<Thing> {
  let at = group;
  for (let next = at.into; next; next = at.into) {
    if (next.into) at.into = next.into;
    at = next;
  }
  return at;
}

function thingsIn<Thing>(group: Group<Thing>): readonly Thing[] {
  const things: Thing[] = [];
  const left = [group];
  for (let next = left.pop(); next; next = left.pop()) {
    things.push(...next.things);
    left.push(...next.halves.toReversed());
  }
  return things;
}

function guestOf(uri: string, index: number, hall: PartyHall): Guest {
  const mark = hall.facts(uri)?.marks[index];
  if (!mark) throw new Error(`there is no mark ${index} in ${uri}`);
  const proposal = mark.proposals.findIndex((each) => each.target === 'threading' && 'title' in each);
  const found = mark.proposals[proposal];
  return { uri, path: hall.pathOf(uri), mark, proposal, fix: found && 'title' in found ? found : undefined };
}

/** What is to be said of a double that has no effect; only where all is known that could notice it: it is of a function or class in a module. */
function remarkOn({ api, attribute, owner, native, namesEventlet }: Double, uri: string, isNoticed: boolean, hall: PartyHall): string | undefined {
  const isOfEventlet = attribute.startsWith('eventlet.');
  if (owner !== '' && namesEventlet && hall.holdsEventlet(owner, uri) === false) return `\`${owner}\` has no \`eventlet\` any more, so this patch fails with \`AttributeError\`; patch what the module uses now.`;
  const isWhole = eventlet.isModule(attribute.slice(0, attribute.lastIndexOf('.')));
  if (isNoticed || native === undefined || !isOfEventlet || !isWhole) return undefined;
  return `No code of the project reads \`${attribute}\`, so this double of \`${api}\` replaces nothing in it: what is tested runs as it is.`;
}

/** undefined where a part of it cannot move, or would not fit the others afterwards. */
function partyOf(group: readonly (UseGuest | DoubleGuest)[], hall: PartyHall): Party | undefined {
  const uses = group.filter((guest) => 'use' in guest);
  const doubles = group.filter((guest) => 'double' in guest);
  if (uses.length === 0 || doubles.length === 0 || !group.every(({ uri, mark }) => hall.isLeft(uri, mark))) return undefined;
  const native = doubles[0]?.double.native;
  if (native === undefined || !doubles.every(({ double }) => double.native === native)) return undefined;
  if (!uses.every(({ fix }) => (fix?.means ?? fix?.becomes) === native)) return undefined;
  // A name of a module that is bound to something else from now on is still replaced by that name, not by the native one.
  if (uses.some((guest) => keepsItsName(guest.use, guest))) return undefined;
  // The target leads through a module, which then has to have the native module, and under its own name.
  const modules = [...new Set(uses.map(({ use }) => use.module))];
  if (!doubles.every(({ double: { owner } }) => owner === '' || modules.some((module) => isModuleName(module, owner)))) return undefined;
  const renaming = [...new Set(uses.filter(({ fix }) => fix?.becomes !== native).map(({ use }) => use.module))];
  const targets = doubles.map((guest) => ({ ...guest, proposal: renaming.some((module) => isModuleName(module, guest.double.owner)) ? byOwnName(guest, native) : guest.proposal }));
  if (targets.some(({ proposal }, index) => proposal < 0 && (doubles[index]?.proposal ?? -1) >= 0)) return undefined;

  const areOfMany = uses.some(({ uri }) => uri !== uses[0]?.uri);
  const verdicts = uses.map((guest) => (guest.fix ? placed(hall.alone(guest.uri, guest.fix), guest, areOfMany) : undefined));
  const changed = uses.find(({ fix }) => !fix?.keepsArguments);
  const others = strangers(native, uses, doubles, hall);
  const why =
    verdicts.find((verdict) => verdict && !verdict.isSafe)?.why ??
    (changed ? `\`${native}\` gets other arguments than \`${changed.mark.api}\` did (${changed.path}:${changed.mark.position.start.line + 1}); what the tests assert about them changes` : undefined) ??
    (others === undefined ? `it is not known what else reads \`${native}\` while these tests run` : others.length > 0 ? `the tests load other code that reads \`${native}\` too (${shortList(others)}), and the double is there for it as well` : undefined);
  const moved = [...uses, ...targets].filter(({ proposal }) => proposal >= 0);
  const paths = [...new Set(group.map(({ path }) => path))];
  return {
    title: `Use \`${native}\` in code and test doubles (${counted(moved.length, 'place')} in ${counted(paths.length, 'file')})`,
    safety: why === undefined ? 'safe' : 'review',
    ...(why === undefined ? {} : { why }),
    preconditions: [
      ...new Map(verdicts.flatMap((verdict) => verdict?.preconditions ?? []).map((each) => [each.text, each])).values(),
      { text: `the test doubles move with the code (${shortList([...new Set(doubles.map(({ path }) => path))])})`, holds: true },
      { text: `no call changes its arguments`, holds: changed === undefined },
      { text: `no other module of the project that these tests load reads \`${native}\``, holds: others?.length === 0 },
    ],
    files: filesOf(moved),
  };
}

type Verdict = ReturnType<PartyHall['alone']>;

/** Where several modules move together, what speaks against it is said with the place that it speaks of: the others may be as they should. */
function placed(verdict: Verdict, { path, mark }: Guest, isOneOfMany: boolean): Verdict {
  if (verdict.isSafe || !isOneOfMany) return verdict;
  const preconditions = verdict.preconditions.map((each) => (each.holds ? each : { ...each, text: `${each.text}: ${path}` }));
  return { ...verdict, preconditions, ...(verdict.why === undefined ? {} : { why: `${path}:${mark.position.start.line + 1}: ${verdict.why}` }) };
}

/** The fix that lets a double name the native thing itself, whatever the code under test calls it; -1 where there is none. */
function byOwnName({ mark }: DoubleGuest, native: string): number {
  return mark.proposals.findIndex((each) => each.target === 'threading' && 'title' in each && each.becomes === native);
}

function filesOf(guests: readonly Guest[]): Party['files'] {
  return [...new Set(guests.map(({ uri }) => uri))].sort().map((uri) => {
    const own = guests.filter((guest) => guest.uri === uri);
    return { uri, hasDoubles: own.some((guest) => 'double' in guest), picks: own.map(({ mark, proposal }): Pick => ({ item: mark.identity, proposal })) };
  });
}

/** Paths of files that would notice a double natively and did not before. */
function strangers(native: string, uses: readonly UseGuest[], doubles: readonly DoubleGuest[], hall: PartyHall): readonly string[] | undefined {
  const found = new Set<string>();
  const audience = new Audience(uses.map(({ use }) => use));
  const seen = new Set<string>();
  for (const { file } of new Map(doubles.map((guest) => [guest.uri, guest])).values()) {
    const readers = hall.readers(native, file.loaded);
    if (!readers) return undefined;
    for (const uri of readers) found.add(hall.pathOf(uri));
    const own = doubles.filter(({ uri }) => uri === file.uri);
    // Who replaces the same in the same files leaves the same out.
    const what = [...new Set(own.map(({ double }) => double.attribute)), audience.loadedOf(file.loaded)].join('\n');
    if (seen.has(what)) continue;
    seen.add(what);
    const noticed = new Set(own.flatMap(({ double }) => audience.noticing(double, file)));
    for (const { use, path } of uses) if (file.loaded.has(use.uri) && !noticed.has(use)) found.add(path);
  }
  return [...found].sort();
}

function shortList(paths: readonly string[]): string {
  return paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ');
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

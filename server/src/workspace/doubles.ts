/** A string in a test that names what is to be replaced. */
export interface Double {
  /** Canonical name. */
  readonly api: string;
  /** The whole dotted text: `eventlet.sleep`, `pkg.mod.eventlet.sleep`. */
  readonly text: string;
}

/** The test doubles of a workspace: whoever rewrites a name that a test replaces changes what the test reaches. */
export class Doubles {
  constructor(readonly files: readonly { readonly file: string; readonly doubles: readonly Double[] }[]) {}

  /**
   * The files whose doubles take the place of a name in a module: those that patch it in eventlet itself, which all modules see,
   * and those that patch it in that very module.
   */
  of(api: string, module: string): readonly string[] {
    const reaches = ({ text, api: doubled }: Double) => doubled === api && (text.startsWith('eventlet.') || isWithin(text, module));
    return this.files.filter(({ doubles }) => doubles.some(reaches)).map(({ file }) => file);
  }
}

/** Whether a dotted text goes on from the end of a module's name: the folder that the search path starts in is not known. */
function isWithin(text: string, module: string): boolean {
  const parts = module.split('.');
  return parts.some((_, index) => text.startsWith(`${parts.slice(index).join('.')}.`));
}

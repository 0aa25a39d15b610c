import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { rewrite, takeBack, write } from '../../server/src/cli/rewrite';
import { nodeHost } from '../../server/src/doors/nodeHost';
import { unifiedDiff } from '../../server/src/features/report/unifiedDiff';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { grammar } from '../kit/host';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const host = nodeHost(grammar, () => undefined);

function uriIn(files: Readonly<Record<string, string>>, name: string): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return URI.file(`${folder.path}/${name}`).toString();
}

const helper = (uri: string) => ({ uri, isNew: true as const, before: '', after: 'a = 1\n', edits: [{ start: 0, end: 0, newText: 'a = 1\n' }] });

describe('a new file', () => {
  it('is written with the folders around it, and taken back without a trace', async () => {
    const uri = uriIn({ 'pkg/a.py': '' }, 'pkg/new/helpers.py');
    const { fsPath } = URI.parse(uri);
    const made = await rewrite(helper(uri), host);
    if (!('after' in made)) throw new Error(made.reason);
    expect(await write(made, host)).toBeUndefined();
    expect(readFileSync(fsPath, 'utf8')).toBe('a = 1\n');
    expect(await takeBack(made)).toBeUndefined();
    expect(existsSync(fsPath)).toBe(false);
  });

  it('is not written over one that has appeared', async () => {
    const uri = uriIn({ 'helpers.py': 'mine = 1\n' }, 'helpers.py');
    expect(await rewrite(helper(uri), host)).toMatchObject({ reason: 'it was changed meanwhile' });
    expect(readFileSync(URI.parse(uri).fsPath, 'utf8')).toBe('mine = 1\n');
  });

  it('is shown as one in the difference', () => {
    expect(unifiedDiff('pkg/helpers.py', undefined, 'a = 1\n')).toBe(
      'diff --git a/pkg/helpers.py b/pkg/helpers.py\nnew file mode 100644\n--- /dev/null\n+++ b/pkg/helpers.py\n@@ -0,0 +1,1 @@\n+a = 1\n',
    );
  });
});

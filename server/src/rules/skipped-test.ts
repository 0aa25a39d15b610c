import { noCode } from './kit/aspects';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const skippedTest: Rule = {
  id: 'skipped-test',
  pattern: 7,
  names: ['**'],
  forms: ['string'],
  kind: 'docs',
  severity: 'information',
  answers: (use) => use.form === 'string' && use.setting?.callee !== undefined && /^(skip|SkipTest)/.test(use.setting.callee) && /\beventlet\b/i.test(use.text),
  message: () => 'A test is left out because of eventlet: a debt that has to be paid before eventlet can go.',
  guide: {
    title: 'Tests that are left out',
    does: '`@unittest.skip("… eventlet …")`, `skipIf`, `self.skipTest`: tests that do not run in one of the two modes.',
    replacement: { threading: 'A test that runs natively: mostly one that waits for threads instead of yielding to green ones. Tests that only hold on eventlet go with it.', asyncio: 'A test that runs on a loop.' },
    differences: [],
    same: noCode,
    links: [...links.mocks.guidance, ...links.order.guidance],
  },
  proposals: () => nowhere('what keeps the test from running natively, only the test can tell'),
  examples: [
    {
      title: 'the reason names eventlet',
      before: `
import unittest


class Test(unittest.TestCase):
    @unittest.skip('until eventlet is gone')
                    #^^^^^^^^^^^^^^^^^^^^^ none
    def test_order(self):
        self.skipTest('hangs without Eventlet')
                       #^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other reasons are left alone',
      before: `
import unittest


@unittest.skipIf(True, 'needs a database')
class Test(unittest.TestCase):
    pass
`,
    },
  ],
};

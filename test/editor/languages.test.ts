/** What somebody reads whose editor speaks German or French: no text of ours is left in English, and no title is cut off. */
import { join } from 'node:path';
import { expect } from 'vitest';
import german from '../../l10n/bundle.l10n.de.json';
import french from '../../l10n/bundle.l10n.fr.json';
import germanTitles from '../../package.nls.de.json';
import frenchTitles from '../../package.nls.fr.json';
import englishTitles from '../../package.nls.json';
import { eventually, journeys } from './journey';
import { pictures } from './studio';

const journey = journeys();

const service = 'import eventlet\n\neventlet.monkey_patch()\n\n\ndef run():\n    eventlet.sleep(1)\n    eventlet.spawn(run)\n\n\nif __name__ == \'__main__\':\n    run()\n';
const files = { 'service.py': service, 'lib/client.py': 'import eventlet\neventlet.sleep(1)\n', 'broken.py': 'import eventlet\ndef (:\n' };

journey('list, plan, review, questions and walkthrough speak German and French', files, async (window) => {
  for (const [language, titles, texts] of [['de', germanTitles, german], ['fr', frenchTitles, french]] as const) {
    await window.reloadIn(language);
    // English texts that are other ones in this language.
    const english = [...Object.entries(texts), ...Object.entries(titles).map(([key, text]) => [new Map(Object.entries(englishTitles)).get(key) ?? '', text] as const)]
      .flatMap(([text, translation]) => (text === translation ? [] : [text]));
    const shown = (): Promise<readonly string[]> => window.ourTexts();
    const picture = (name: string): Promise<void> => window.screenshot(join(pictures, `language-${language}-${name}.png`));
    const nothingIsEnglish = async (): Promise<void> => expect((await shown()).filter((text) => english.includes(text))).toEqual([]);

    await window.untilExtended();
    await window.runCommand(`${titles['view.container']}: Focus on ${titles['view.plan']} View`);
    await eventually(shown).toContain(texts['Not analysed']);
    await eventually(shown).toContainEqual(expect.stringContaining(texts['{0} in the project'].replace('{0}', 'Sleep')));
    await nothingIsEnglish();
    await picture('1-list');

    await window.startCommand(`Eventlet: ${titles['command.fixWorkspace']}`);
    await eventually(shown).toContain(texts['All rules']);
    await nothingIsEnglish();
    await picture('2-question');
    await window.choose(texts['All rules']);
    await eventually(shown).toContain(titles['view.review']);
    await eventually(shown).toContain(texts['{0} of {1} changes ticked'].replace('{0}', '2').replace('{1}', '4'));
    await nothingIsEnglish();
    await picture('3-review');

    // The review takes the keyboard when its rows are there.
    await eventually(() => window.focused()).toMatch(/^sleep/);
    await window.runCommandWith('Welcome: Open Walkthrough...', titles['walkthrough.title']);
    await eventually(shown).toContain(titles['walkthrough.project.title']);
    await nothingIsEnglish();
    expect(await window.cutOff()).toEqual([]);
    await picture('4-walkthrough');
    await window.runCommand(`Eventlet: ${titles['command.closeReview']}`);
    await window.keys('Control+K', 'Control+W');
    await eventually(() => window.tabs()).toEqual([]);
  }
});

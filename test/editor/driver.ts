import type { Locator, Page } from 'playwright-core';

/** The views of our side bar. */
export type View = 'Review Changes' | 'Remaining' | 'Plan' | 'Services' | 'Guidance';

/** How long a window may take for what a person asks of it, in milliseconds; machines that are busy with something else are slow. */
export const patience = 60_000;

/** One row of a tree in the side bar, as a person reads it. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** The part of the label that is marked. */
  readonly highlight: string;
  /** 1 for the outermost rows. */
  readonly level: number;
  /** undefined where the row has no box. */
  readonly checked: boolean | undefined;
}

/**
 * Visual Studio Code's window, driven as a person does it: keys, clicks and what can be read on the screen. Only what
 * fits into the window can be read, so files and trees of the journeys are short. Nothing here waits for time to pass:
 * a method waits for what it needs in order to act, and a test polls what it wants to see.
 */
export class Window {
  #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  // The frame.

  async untilReady(): Promise<void> {
    await this.#page.locator('.monaco-workbench').waitFor();
    await this.#page.getByRole('tab', { name: /^Explorer/ }).waitFor();
    await this.#page.locator('.statusbar [id="status.problems"]').waitFor();
  }

  /** Waits until the editor knows what our extension adds to it, which comes later than the frame. */
  async untilExtended(): Promise<void> {
    await this.#ourTab().waitFor();
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path });
  }

  /** Picks a command from the palette by its whole title, such as `Eventlet: Go to Next Use`. */
  async runCommand(title: string): Promise<void> {
    await this.#startCommand(title);
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Picks a command that asks, and then one of its answers by the label. */
  async runCommandWith(title: string, answer: string): Promise<void> {
    await this.#startCommand(title);
    await this.#quickOption(answer).click();
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Picks a command that asks; `choose` answers. */
  async startCommand(title: string): Promise<void> {
    await this.#startCommand(title);
  }

  /** Title and rows of the list that asks something, as they are read aloud; undefined where nothing asks. */
  async question(): Promise<{ readonly title: string; readonly rows: string[] } | undefined> {
    const widget = this.#page.locator('.quick-input-widget');
    if (!(await widget.isVisible())) return undefined;
    const rows = await widget.getByRole('option').evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    return { title: await widget.locator('.quick-input-title').innerText(), rows };
  }

  /** Answers a list by a row that has this text. */
  async choose(text: string): Promise<void> {
    // Rows with a box have the role of one.
    await this.#page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
  }

  /** Leaves a list without an answer. */
  async leaveQuestion(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Text of the dialog that stands in front of everything; undefined where there is none. */
  async dialog(): Promise<string | undefined> {
    return firstText(this.#page.locator('.monaco-dialog-box'));
  }

  /** Clicks a button of the dialog or of a notification. */
  async press(button: string): Promise<void> {
    const places = this.#page.locator('.monaco-dialog-box, .notifications-toasts');
    await places.getByRole('button', { name: button, exact: true }).first().click();
  }

  /** Presses keys, one after the other, wherever the focus is: `Control+K`, `ArrowDown`. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Writes text wherever the focus is. */
  async write(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** How the element that has the focus is read aloud; a list or tree has it for its row. */
  async focused(): Promise<string> {
    const labels = await this.#page.locator(':focus').evaluateAll((elements) => elements.map((element) => {
      const row = element.getAttribute('aria-activedescendant');
      return (row ? element.ownerDocument.getElementById(row) : element)?.getAttribute('aria-label') ?? '';
    }));
    return labels.join();
  }

  /** Labels of the open tabs. */
  tabs(): Promise<string[]> {
    return this.#page.locator('.tab .label-name').allInnerTexts();
  }

  /** Clicks our item in the status bar. */
  async clickStatusItem(): Promise<void> {
    await this.#page.locator('.statusbar-item[id^="eventlet-migration.eventlet-migration"]').first().click();
  }

  /** What is written in the box for the message of a commit, with one space for each run of white space, because the box wraps its lines; opens the view. */
  async commitMessage(): Promise<string> {
    const box = this.#page.locator('.scm-input .view-lines');
    if (!(await box.isVisible())) await this.#page.keyboard.press('Control+Shift+G');
    await box.waitFor();
    const lines = await box.locator('.view-line').evaluateAll((elements) => elements.map((element) => ({ top: Number.parseInt(element.style.top, 10), text: element.textContent ?? '' })));
    return lines.sort((a, b) => a.top - b.top).map(({ text }) => text.trim()).join(' ').replaceAll(/\s+/g, ' ');
  }

  /** As if the window was closed and opened again. */
  async reload(): Promise<void> {
    await this.#page.reload();
    await this.untilReady();
  }

  /** As `reload`, in another language, such as `de`, for extensions: the editor itself goes on in English, because its own texts are in a language pack. */
  async reloadIn(language: string): Promise<void> {
    // What the texts of a language pack would set first of all.
    await this.#page.addInitScript((chosen) => Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { value: chosen, configurable: true }), language);
    await this.reload();
  }

  /** As if the window was killed: nothing in it gets the time to put anything away. Opens its address again, after what happens `meanwhile`. */
  async crash(meanwhile?: () => Promise<void>): Promise<void> {
    const address = this.#page.url();
    const context = this.#page.context();
    const crashed = this.#page.waitForEvent('crash');
    // Never settles: there is nobody left to answer.
    void this.#page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await this.#page.close();
    await meanwhile?.();
    this.#page = await context.newPage();
    this.#page.setDefaultTimeout(patience);
    await this.#page.goto(address);
    await this.untilReady();
  }

  /** Texts of the notifications on the screen. */
  notifications(): Promise<string[]> {
    return this.#page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Text of our item in the status bar; undefined where there is none. */
  async statusItem(): Promise<string | undefined> {
    return firstText(this.#page.locator('.statusbar-item[id^="eventlet-migration.eventlet-migration"]'));
  }

  /** What is told beside the language of the file at hand. */
  async languageStatus(): Promise<string> {
    await this.#page.locator('.statusbar-item[id="status.languageStatus"]').hover();
    const hover = this.#page.locator('.hover-language-status');
    await hover.first().waitFor();
    return (await hover.allInnerTexts()).join('\n');
  }

  /** Clicks a command that is offered there. */
  async clickLanguageStatus(command: string): Promise<void> {
    await this.languageStatus();
    await this.#page.locator('.hover-language-status').getByText(command).click();
  }

  /** What the open list offers, each with its details. */
  quickOptions(): Promise<string[]> {
    return this.#page.locator('.quick-input-list').getByRole('option').allInnerTexts();
  }

  /** Where our extension runs, in the words of the editor's own list: `web worker`, or the address of the machine. */
  async extensionHost(): Promise<string> {
    await this.runCommand('Developer: Show Running Extensions');
    const row = this.#page.locator('.runtime-extensions-editor').getByRole('listitem', { name: 'eventlet-migration' });
    const host = await row.locator('.msg').innerText();
    await this.#page.keyboard.press('Escape');
    await row.waitFor({ state: 'hidden' });
    return host.trim();
  }

  // Files and their text.

  /** Opens a file by its name or path, as with Ctrl+P. */
  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.#page.keyboard.press('Control+P');
    await this.#quickInput().fill(path);
    await this.#quickOption(name).first().click();
    await this.#page.locator(`.editor-instance[aria-label^="${name}"] .view-line`).first().waitFor();
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Name on the tab of the active editor; undefined where nothing is open. */
  async activeFile(): Promise<string | undefined> {
    const tab = this.#page.locator('.editor-group-container.active .tab.active');
    const [name] = await tab.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label')));
    return name?.replace(/, preview$/, '');
  }

  /** Text of the active editor, with what is not saved. */
  async text(): Promise<string> {
    const lines = await this.#editor().locator('.view-line').evaluateAll((elements) =>
      elements.map((element) => ({ top: Number.parseInt(element.style.top, 10), text: element.textContent ?? '' })),
    );
    // The editor draws lines in any order and spaces as no-break spaces.
    return lines.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');
  }

  /** How many underlines of diagnostics the active editor shows. */
  squiggles(): Promise<number> {
    return this.#editor().locator('.view-overlays [class*="squiggly-"]').count();
  }

  /** Puts the cursor before a character; line and column count from one. */
  async goTo(line: number, column: number): Promise<void> {
    await this.focusEditor();
    await this.#page.keyboard.press('Control+G');
    await this.#quickInput().fill(`:${line}:${column}`);
    await this.#quickInput().press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
    await this.#page.locator('[id="status.editor.selection"]', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Where the cursor is and how much is selected, in the words of the status bar: `Ln 5, Col 19 (14 selected)`. */
  async selection(): Promise<string | undefined> {
    return firstText(this.#page.locator('[id="status.editor.selection"]'));
  }

  async focusEditor(): Promise<void> {
    await this.#page.keyboard.press('Control+1');
    await this.#page.locator('.monaco-editor.focused').waitFor();
  }

  async type(text: string): Promise<void> {
    await this.focusEditor();
    await this.#page.keyboard.type(text);
  }

  async undo(): Promise<void> {
    await this.focusEditor();
    await this.#page.keyboard.press('Control+Z');
  }

  async save(): Promise<void> {
    await this.focusEditor();
    await this.#page.keyboard.press('Control+S');
    await this.#page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Text of the hover at the cursor, once it is there. */
  async hover(): Promise<string> {
    await this.runCommand('Show or Focus Hover');
    const hover = this.#page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-contents').first();
    await hover.waitFor();
    return (await this.#page.locator('.monaco-editor .monaco-hover:not(.hidden)').allInnerTexts()).join('\n');
  }

  /** Rows of the Problems panel as they are read aloud: severity, message, source, position. */
  async problems(): Promise<string[]> {
    const panel = this.#page.locator('.markers-panel-container');
    if (!(await panel.isVisible())) await this.#page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
    const rows = panel.getByRole('treeitem');
    return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
  }

  // The light bulb.

  /** Puts the cursor at a place, waits for the light bulb, clicks it and gives the titles in its menu. */
  async lightBulb(line: number, column: number): Promise<string[]> {
    await this.goTo(line, column);
    await this.#page.locator('.monaco-editor [class*="gutter-lightbulb"]:visible, .monaco-editor .lightBulbWidget:visible').first().click();
    const actions = this.#actions();
    await actions.first().waitFor();
    return actions.locator('.title').allInnerTexts();
  }

  /** Titles in the open menu of the light bulb; none where it is not open. */
  actionTitles(): Promise<string[]> {
    return this.#actions().locator('.title').allInnerTexts();
  }

  /** Picks an entry of the open menu by its title or the start of it. */
  async pickAction(title: string): Promise<void> {
    await this.#actions().filter({ hasText: title }).first().click();
    await this.#actions().first().waitFor({ state: 'hidden' });
  }

  // The side bar.

  /** Shows our container of the activity bar. */
  async showSideBar(): Promise<void> {
    const tab = this.#ourTab();
    await tab.waitFor();
    // A click on the one that is shown already would hide it.
    if ((await tab.getAttribute('aria-selected')) !== 'true') {
      await tab.click();
      // Its tooltip would lie over the first rows for as long as the mouse is on it.
      await this.#page.mouse.move(900, 500);
    }
    await this.#page.getByRole('button', { name: 'Remaining Section' }).waitFor();
  }

  /** Moves the edge between side bar and editors; the width is in pixels. */
  async setSideBarWidth(width: number): Promise<void> {
    const box = await this.#page.locator('.part.sidebar').boundingBox();
    if (!box) throw new Error('the side bar is not shown');
    const y = box.y + box.height / 2;
    await this.#page.mouse.move(box.x + box.width + 2, y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(box.x + width + 2, y, { steps: 5 });
    await this.#page.mouse.up();
  }

  /** Opens the body of a view that is folded. */
  async unfold(view: View): Promise<void> {
    const header = this.#page.getByRole('button', { name: `${view} Section` });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** Number on our icon in the activity bar; empty where there is none. */
  async badge(): Promise<string> {
    return (await this.#ourTab().locator('.badge-content').textContent()) ?? '';
  }

  /** The rows of one of our views; none while the view is empty. */
  async tree(view: View): Promise<TreeRow[]> {
    return this.#rows(view).evaluateAll((rows) =>
      rows.map((row) => {
        const text = (selector: string): string => row.querySelector(selector)?.textContent ?? '';
        const box = row.querySelector('[role=checkbox]')?.getAttribute('aria-checked');
        return {
          label: text('.label-name'),
          description: text('.label-description'),
          highlight: text('.highlight'),
          level: Number(row.getAttribute('aria-level')),
          checked: box === undefined || box === null ? undefined : box === 'true',
        };
      }),
    );
  }

  /** What an empty view says instead of rows, with the message above the rows if there is one. */
  async viewText(view: View): Promise<string> {
    const pane = this.#pane(view);
    const texts = await pane.locator('.message:visible, .welcome-view-content:visible').allInnerTexts();
    return texts.join('\n');
  }

  async clickTreeRow(view: View, label: string): Promise<void> {
    await this.#row(view, label).locator('.label-name').click();
  }

  /** Clicks one of the small buttons that a row shows under the mouse. */
  async clickRowAction(view: View, label: string, action: string): Promise<void> {
    const row = this.#row(view, label);
    const button = row.getByRole('button', { name: action });
    // A tree that is still growing puts another row under the mouse, whose tooltip then covers the wanted one: go away and come back.
    for (let attempt = 1; ; attempt++) {
      try {
        await row.hover({ timeout: 3_000 });
        await button.click({ timeout: 3_000 });
        return;
      } catch (error) {
        if (attempt === 8) throw error;
        await this.#page.mouse.move(900, 500);
      }
    }
  }

  async toggleRowBox(view: View, label: string): Promise<void> {
    await this.#row(view, label).getByRole('checkbox').click();
  }

  /** Clicks one of the buttons in the title of a view. */
  async clickViewAction(view: View, action: string): Promise<void> {
    const header = this.#page.getByRole('button', { name: `${view} Section` });
    await header.hover();
    await header.getByRole('button', { name: action }).click();
  }

  // Questions that appear above the editor.

  /** What stands in the box of a question while it is empty. */
  async hint(): Promise<string> {
    await this.#quickInput().waitFor();
    return (await this.#quickInput().getAttribute('placeholder')) ?? '';
  }

  /** What is said below the box of a question. */
  async prompt(): Promise<string> {
    return (await this.#page.locator('.quick-input-widget .quick-input-message').allInnerTexts()).join();
  }

  /** Writes an answer into the box of the question with this prompt, and confirms it. */
  async writeAnswer(prompt: string, text: string): Promise<void> {
    await this.#page.locator('.quick-input-widget', { hasText: prompt }).waitFor();
    await this.#quickInput().fill(text);
    await this.#quickInput().press('Enter');
  }

  /** Takes what is ticked in a question that lets many be chosen. */
  async confirm(): Promise<void> {
    await this.#quickInput().press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Adds a row to those that are selected. */
  async alsoSelect(view: View, label: string): Promise<void> {
    await this.#row(view, label).locator('.label-name').click({ modifiers: ['ControlOrMeta'] });
  }

  /** Clicks one of the buttons of the open step of a walkthrough, or of an empty view. */
  async clickLink(label: string): Promise<void> {
    // A step is a button itself, whose name is its title.
    const links = this.#page.locator('.gettingStartedContainer, .welcome-view-content').getByRole('button', { name: label }).and(this.#page.locator(':not(.getting-started-step)'));
    await links.locator('visible=true').first().click();
  }

  /** Title and text of the open step of the walkthrough; empty where none is shown. */
  async walkthroughStep(): Promise<string> {
    return (await this.#page.locator('.gettingStartedContainer .getting-started-step.expanded .step-container').allInnerTexts()).join('\n');
  }

  /** Titles of the steps of the open walkthrough that are ticked. */
  async doneSteps(): Promise<string[]> {
    return this.#page.locator('.gettingStartedContainer .getting-started-step', { has: this.#page.locator('.codicon.complete') }).locator('.step-title').allInnerTexts();
  }

  /** Waits until the window has gone over to another folder. */
  async untilFolderOpens(): Promise<void> {
    await this.#page.waitForURL(/[?&]folder=/);
    await this.untilReady();
  }

  /** The new side of the diffs that are in sight, one text for each file. */
  async diffTexts(): Promise<string[]> {
    const texts = await this.#page.locator('.editor-group-container.active .modified-in-monaco-diff-editor .view-lines, .editor-group-container.active .editor.modified .view-lines').allInnerTexts();
    return texts.map((text) => text.replaceAll('\u00a0', ' '));
  }

  /** Opens a step of the walkthrough by a click on its title. */
  async openWalkthroughStep(title: string): Promise<void> {
    await this.#page.locator('.gettingStartedContainer .getting-started-step', { hasText: title }).first().click();
    await this.#page.locator('.gettingStartedContainer .getting-started-step.expanded', { hasText: title }).waitFor();
    // A quarter of a second after the click the editor gives the step the focus, which would close a list that was opened before. Timers of one page come in their order.
    await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  }

  /** Writes into the box for the message of a commit, at its start. */
  async typeCommitMessage(text: string): Promise<void> {
    const box = this.#page.locator('.scm-input .view-lines');
    if (!(await box.isVisible())) await this.#page.keyboard.press('Control+Shift+G');
    await box.click();
    await this.#page.keyboard.type(text);
  }

  /** Picks an entry of the menu that a right click on a row opens. */
  async chooseFromMenu(view: View, label: string, entry: string): Promise<void> {
    await this.#row(view, label).locator('.label-name').click({ button: 'right' });
    const item = this.#page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    await item.click();
    // A menu that has just opened may not listen yet.
    while (!(await item.waitFor({ state: 'hidden', timeout: 2_000 }).then(() => true, () => false))) await item.click({ timeout: 2_000 }).catch(() => undefined);
  }

  /** Entries of the menu of a row, without their keys; none where it is not open. */
  async menu(): Promise<string[]> {
    return this.#page.locator('.monaco-menu .action-label:not(.separator)').allInnerTexts();
  }

  /** How the boxes and rows of a view are read aloud. */
  spoken(view: View): Promise<string[]> {
    return this.#rows(view).evaluateAll((rows) => rows.map((row) => `${row.getAttribute('aria-label') ?? ''} | ${row.querySelector('[role=checkbox]')?.getAttribute('aria-label') ?? ''}`));
  }

  /** What a screen reader says of each row. */
  rowLabels(view: View): Promise<string[]> {
    return this.#rows(view).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** Text of a page of Markdown in the editor's own preview, which lives in frames; empty while there is none. */
  async pageText(): Promise<string> {
    return (await Promise.all(this.#page.frames().map((frame) => frame.locator('.markdown-body').allInnerTexts().catch(() => [])))).flat().join('\n');
  }

  /** The widths of the pictures of that page as they were drawn: 0 for one that could not be. */
  async pagePictures(): Promise<number[]> {
    const widths = this.#page.frames().map((frame) => frame.locator('.markdown-body img').evaluateAll((images) => images.map((image) => ('naturalWidth' in image ? Number(image.naturalWidth) : 0))).catch(() => []));
    return (await Promise.all(widths)).flat();
  }

  /** Every text that our views and our walkthrough show. */
  async ourTexts(): Promise<string[]> {
    const parts = ['.pane-header .title', '.pane .message', '.pane .label-name', '.pane .label-description', '.welcome-view-content p', '.welcome-view-content .monaco-button', '.gettingStartedContainer .step-title', '.gettingStartedContainer .step-description', '.gettingStartedContainer .monaco-button', '.quick-input-widget .quick-input-title', '.quick-input-widget .quick-input-message', '.quick-input-list .label-name'];
    const texts = await this.#page.locator(parts.join(', ')).filter({ visible: true }).allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  /** Those of them that are ours to shorten, and that end in dots because they do not fit. */
  async cutOff(): Promise<string[]> {
    const titles = this.#page.locator('.pane-header .title, .gettingStartedContainer .step-title, .gettingStartedContainer .category-title, .gettingStartedContainer .category-description-container');
    return titles.evaluateAll((elements) => elements.filter((element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 4).map((element) => element.textContent ?? ''));
  }

  async #startCommand(title: string): Promise<void> {
    await this.#page.keyboard.press('F1');
    const option = this.#quickOption(title);
    const until = Date.now() + patience;
    // The list holds the commands of the moment in which it is asked; one that is registered later comes when it is asked again.
    do {
      await this.#quickInput().fill('>');
      await this.#quickInput().fill(`>${title}`);
    } while (!(await appears(option, 2000)) && Date.now() < until);
    await option.click();
  }

  #editor(): Locator {
    return this.#page.locator('.editor-group-container.active .editor-instance');
  }

  #actions(): Locator {
    return this.#page.locator('.action-widget .monaco-list-row.action');
  }

  #quickInput(): Locator {
    return this.#page.locator('.quick-input-widget input[type=text]');
  }

  #quickOption(title: string): Locator {
    const label = this.#page.locator('.monaco-icon-name-container').getByText(title, { exact: true });
    return this.#page.locator('.quick-input-list').getByRole('option').filter({ has: label });
  }

  #ourTab(): Locator {
    return this.#page.locator('.activitybar').getByRole('tab', { name: /^Eventlet/ });
  }

  #pane(view: string): Locator {
    return this.#page.locator('.pane', { has: this.#page.getByRole('button', { name: `${view} Section` }) });
  }

  #rows(view: string): Locator {
    // Not by their role: a row that does something says that it is a button.
    return this.#pane(view).locator('.monaco-list-row');
  }

  #row(view: string, label: string): Locator {
    return this.#rows(view).filter({ has: this.#page.locator('.label-name', { hasText: label }) }).first();
  }
}

/** Whether something is to be seen within so many milliseconds. */
function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

async function firstText(locator: Locator): Promise<string | undefined> {
  const [text] = await locator.allInnerTexts();
  return text?.trim();
}

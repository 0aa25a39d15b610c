import { checklistFileName } from './entries';

/** Where git is told how to merge files. */
export const attributesName = '.gitattributes';

/**
 * What is to be added at the end of `.gitattributes`, whose text is given, so that git merges the checklist file: of lines that two
 * branches add at one place it keeps both, which is what is right for a list. Empty where something is said of the file already.
 */
export function mergeLineFor(text: string): string {
  if (text.includes(checklistFileName)) return '';
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text === '' || text.endsWith('\n') ? '' : ending}${checklistFileName} merge=union${ending}`;
}

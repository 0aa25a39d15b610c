/** The forms in which a report, a plan and a history can be had: their names alone, for whoever has nothing to print yet. */
export const reportForms = ['text', 'json', 'sarif', 'markdown', 'github', 'csv'] as const;
export const planForms = ['text', 'json', 'markdown'] as const;
export const historyForms = ['text', 'json', 'svg', 'png', 'markdown'] as const;

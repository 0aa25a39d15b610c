import { l10n, window, type QuickPickItem } from 'vscode';
import { answer } from '../services/items';
import type { Service } from '../services/tree';
import type { Command } from './parts';

/** Asks which process is meant, and shows what stands in the way of its dropping monkey patching. */
export const askService: Command = async ({ servicesView }) => {
  const services = await servicesView.current();
  if (services.length === 0) return void window.showInformationMessage(l10n.t('No process of this project is known.'));
  const picked = await window.showQuickPick(services.map(choice), { title: l10n.t('May This Service Drop Monkey Patching?'), matchOnDescription: true });
  if (picked) await servicesView.reveal(picked.service);
};

interface Choice extends QuickPickItem {
  readonly service: Service;
}

function choice(service: Service): Choice {
  return { label: service.service.name, description: answer(service), service };
}

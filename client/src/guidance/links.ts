import { l10n } from 'vscode';

/** A page on the web that everybody who migrates should know. */
export interface GuidanceLink {
  readonly title: string;
  readonly href: string;
}

/** In the order in which a newcomer would read them. */
export function guidanceLinks(): readonly GuidanceLink[] {
  return [
    { title: l10n.t('OpenStack wiki: Eventlet removal'), href: 'https://wiki.openstack.org/wiki/Eventlet-removal' },
    { title: l10n.t('OpenStack goal: remove Eventlet'), href: 'https://governance.openstack.org/tc/goals/selected/remove-eventlet.html' },
    { title: l10n.t('The migration guide'), href: 'https://removal.eventlet.org/' },
    { title: l10n.t('Guide: threads or asyncio?'), href: 'https://removal.eventlet.org/guide/preparing-for-migration/#choosing-an-alternative' },
    { title: l10n.t('Guide: in which order?'), href: 'https://removal.eventlet.org/guide/sequencing-the-migration/' },
    { title: l10n.t('Guide: migrating to threads'), href: 'https://removal.eventlet.org/guide/migrating-to-threading/' },
    { title: l10n.t('Guide: migrating to asyncio'), href: 'https://removal.eventlet.org/guide/migrating-to-asyncio/' },
    { title: l10n.t('Guide: after the migration'), href: 'https://removal.eventlet.org/guide/post-migration-guidance/' },
    { title: l10n.t('eventlet: migrating to asyncio'), href: 'https://eventlet.readthedocs.io/en/latest/asyncio/migration.html' },
    { title: l10n.t('eventlet: what works together with asyncio'), href: 'https://eventlet.readthedocs.io/en/latest/asyncio/compatibility.html' },
  ];
}

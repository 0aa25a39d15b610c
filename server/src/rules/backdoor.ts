import { links } from './kit/links';
import type { Rule } from './rule';

export const backdoor: Rule = {
  id: 'backdoor',
  pattern: 4,
  names: ['eventlet.backdoor.*'],
  message: (use) => `\`${use.api.replace('eventlet.', '')}\` opens a Python console into the running process; it goes, and other tools take its place.`,
  guide: {
    title: 'The backdoor',
    does: '`backdoor.backdoor_server(sock, locals)` gives everybody who connects to the socket a Python prompt inside the process, without asking who it is.',
    replacement: {
      threading: 'Nothing in the program: py-spy shows the stacks of a running process, `faulthandler.register(signal.SIGUSR1)` prints them, Guru Meditation Reports of oslo.reports say more on a signal. `manhole` and `python -m pdb -p PID` (Python 3.14) give a prompt.',
      asyncio: '`aiomonitor` gives a prompt into the loop; `python -m asyncio ps PID` and `pstree PID` (Python 3.14) show the tasks.',
    },
    differences: [
      { of: 'defaults', aspect: 'who may connect', eventlet: 'everybody who reaches the socket', threading: 'who may send signals to the process or trace it' },
      { of: 'order', aspect: 'what it sees', eventlet: 'the process between two switches: nothing moves', threading: 'a process whose threads go on' },
    ],
    same: {
      value: 'nothing is computed with it',
      exceptions: 'what is typed raises for the one who typed it',
      blocking: 'the prompt waits for its client alone',
      cancellation: 'a session ends with its connection',
    },
    links: [...links.debugging.guidance, ...links.debugging.python],
  },
  proposals: () => [
    { target: 'threading', reason: 'a console for everybody has no counterpart that is safe; py-spy, `faulthandler` or reports on a signal show what a process is doing' },
    { target: 'asyncio', reason: 'a console for everybody has no counterpart that is safe; `aiomonitor`, or `python -m asyncio pstree PID`, shows what the tasks are doing' },
  ],
  examples: [
    {
      title: 'the console has to be replaced by hand',
      before: `
import eventlet
from eventlet import backdoor

eventlet.spawn(backdoor.backdoor_server, None, locals={})
               #^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other backdoors are left alone',
      before: `
from oslo_reports import guru_meditation_report as backdoor

backdoor.TextGuruMeditation.setup_autorun(None)
`,
    },
  ],
};

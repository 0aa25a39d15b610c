# provides: corolocal.local corolocal.get_ident

from threading import get_ident, local

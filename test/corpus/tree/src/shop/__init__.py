from ._names import *
from . import concurrency as green

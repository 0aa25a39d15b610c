from . import concurrency
from .concurrency import *

__all__ = ["pause"]
__all__ += concurrency.__all__

pause = sleep

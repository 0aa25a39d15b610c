import { links } from './kit/links';
import type { Rule } from './rule';

export const dbPool: Rule = {
  id: 'db-pool',
  pattern: 4,
  names: ['eventlet.db_pool.*'],
  message: (use) => (use.api.endsWith('ConnectTimeout') ? '`db_pool.ConnectTimeout` says that no connection came in time; the new pool has an exception of its own.' : use.form === 'member' ? `\`${use.member}\` of a connection pool of eventlet: it is replaced together with its pool.` : `\`${use.api.replace('eventlet.', '')}\` keeps database connections for green threads; the pool of a database library takes its place.`),
  guide: {
    title: 'Connection pools',
    does: '`db_pool.ConnectionPool(module, …)` keeps connections of a DB-API module; each call on one runs in a native thread of `tpool`, so that green threads can go on. `RawConnectionPool` does without that, `DatabaseConnector` keeps one pool for each host and database.',
    replacement: {
      threading: 'The pool of the library: `sqlalchemy.pool.QueuePool(creator, pool_size=4, max_overflow=0, timeout=5, recycle=30)`, `dbutils.pooled_db.PooledDB`, or the pool of the driver. A native thread may block in the driver, so nothing else is needed.',
      asyncio: '`asyncpg.create_pool`, `aiomysql.create_pool`, or the asyncio extension of SQLAlchemy.',
    },
    differences: [
      { of: 'defaults', aspect: 'age', eventlet: '`max_idle` and `max_age`, both in seconds', threading: '`recycle` of SQLAlchemy counts from the connection’s start' },
      { of: 'value', aspect: 'given back', eventlet: 'rolled back (`cleanup`)', threading: 'rolled back by SQLAlchemy (`reset_on_return`)' },
      { of: 'exceptions', aspect: 'no connection in time', eventlet: '`db_pool.ConnectTimeout`', threading: '`sqlalchemy.exc.TimeoutError`' },
      { of: 'blocking', aspect: 'calls', eventlet: 'in threads of `tpool`, 20 at a time', threading: 'in the thread that calls' },
      { aspect: 'sqlite3', eventlet: 'one native thread does', threading: 'a connection belongs to its thread unless `check_same_thread=False`' },
    ],
    same: {
      order: 'connections are given to whoever asks first in both',
      cancellation: 'a query that runs is not ended by either',
    },
    links: [...links.tpool.guidance, ...links.order.guidance],
  },
  proposals: (use) => [
    { target: 'threading', reason: use.api.endsWith('ConnectTimeout') ? 'the exception is that of the new pool: `sqlalchemy.exc.TimeoutError` for SQLAlchemy' : 'the pool of a database library takes its place, such as `QueuePool` of SQLAlchemy or that of the driver; sizes and limits are set anew there' },
    { target: 'asyncio', reason: 'the pool of an asynchronous driver takes its place, and every query is awaited' },
  ],
  examples: [
    {
      title: 'a connection pool and what is asked of it',
      before: `
import sqlite3

from eventlet import db_pool

def query(path):
    pool = db_pool.ConnectionPool(sqlite3, database=path)
           #^^^^^^^^^^^^^^^^^^^^^ none
    connection = pool.get()
                 #^^^^^^^ none
    try:
        return connection.execute('select 1')
    except db_pool.ConnectTimeout:
           #^^^^^^^^^^^^^^^^^^^^^ none
        return None
    finally:
        pool.put(connection)
        #^^^^^^^ none
`,
    },
    {
      title: 'other modules of that name are left alone',
      before: `
from mypackage import db_pool

db_pool.ConnectionPool(None).get()
`,
    },
  ],
};

/**
 * The modules and names of eventlet as tables, kept by hand: names are separated by blanks and sorted. They state release
 * 0.41.1 and were compared with it and with 0.33.1 (catalogue 1.1 to 1.5); what only older releases had stands apart.
 */

/** The modules of each package that are there today; `eventlet.greenlet` is the package `greenlet`, an attribute of `eventlet`. */
export const modules: Readonly<Record<string, string>> = {
  'eventlet':
    'asyncio backdoor convenience corolocal coros dagpool db_pool debug event green greenio greenlet greenpool greenthread ' +
    'hubs lock patcher pools queue semaphore support timeout tpool websocket wsgi zipkin',
  'eventlet.green':
    'BaseHTTPServer CGIHTTPServer MySQLdb OpenSSL Queue SimpleHTTPServer SocketServer _socket_nodns asynchat asyncore ' +
    'builtin ftplib http httplib os profile select selectors socket ssl subprocess thread threading time urllib urllib2 zmq',
  'eventlet.green.OpenSSL': 'SSL crypto tsafe version',
  'eventlet.green.http': 'client cookiejar cookies server',
  'eventlet.green.urllib': 'error parse request response',
  'eventlet.greenio': 'base py3',
  'eventlet.hubs': 'asyncio epolls hub kqueue poll pyevent selects timer',
  'eventlet.support': 'greendns greenlets psycopg2_patcher pylib stacklesspypys stacklesss',
  'eventlet.zipkin': 'api client greenthread http log patcher wsgi',
};

/** Modules of older releases; none of them can be imported on Python 3 (catalogue 1.5). */
export const historicalModules: Readonly<Record<string, string>> = {
  'eventlet':
    'api bench channel common coropool exc greenlib gthreadless httpc httpd httpdate jsonhttp kqueuehub libeventhub logutil ' +
    'nginxhub pollhub pool proc processes runloop saranwrap selecthub timer tls twistedutil util wrappedfd',
  'eventlet.green.OpenSSL': 'rand',
  'eventlet.greenio': 'py2',
  'eventlet.hubs': 'libev libevent nginx twistedr twistedreactor zeromq',
  'eventlet.support': 'dns monotonic six',
  'eventlet.twistedutil': 'join_reactor protocol protocols',
  'eventlet.twistedutil.protocols': 'basic',
};

/** The names of a module that are `eventlet.<name>` as well. */
export const alsoAtTheTop: Readonly<Record<string, string>> = {
  'eventlet.convenience': 'StopServe connect listen serve wrap_ssl',
  'eventlet.event': 'Event',
  'eventlet.green.time': 'sleep',
  'eventlet.greenpool': 'GreenPile GreenPool',
  'eventlet.greenthread': 'getcurrent kill sleep spawn spawn_after spawn_n',
  'eventlet.patcher': 'import_patched monkey_patch',
  'eventlet.queue': 'Queue',
  'eventlet.semaphore': 'BoundedSemaphore CappedSemaphore Semaphore',
  'eventlet.timeout': 'Timeout is_timeout with_timeout wrap_is_timeout',
};

/** Other names of one thing, the longer spelling first. */
export const otherSpellings: Readonly<Record<string, string>> = {
  'eventlet.green.threading.local': 'eventlet.corolocal.local',
  'eventlet.greenthread.GreenletExit': 'eventlet.greenlet.GreenletExit',
  'eventlet.support.greenlets.GreenletExit': 'eventlet.greenlet.GreenletExit',
};

/**
 * Modules of other packages that hand eventlet on, or something else, as a setting of theirs decides (catalogue I20), and what
 * their names stand for while it is eventlet.
 */
export const handedOn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'os_ken.lib.hub': hubNames(),
  'ryu.lib.hub': hubNames(),
};

function hubNames(): Readonly<Record<string, string>> {
  return {
    BoundedSemaphore: 'eventlet.BoundedSemaphore',
    HubEvent: 'eventlet.Event',
    Queue: 'eventlet.queue.LightQueue',
    QueueEmpty: 'eventlet.queue.Empty',
    Semaphore: 'eventlet.Semaphore',
    TaskExit: 'eventlet.greenlet.GreenletExit',
    Timeout: 'eventlet.Timeout',
    WebSocketWSGI: 'eventlet.websocket.WebSocketWSGI',
    connect: 'eventlet.connect',
    getcurrent: 'eventlet.getcurrent',
    kill: 'eventlet.kill',
    listen: 'eventlet.listen',
    patch: 'eventlet.monkey_patch',
    sleep: 'eventlet.sleep',
    spawn: 'eventlet.spawn',
    spawn_after: 'eventlet.spawn_after',
  };
}

/**
 * The names that a star import brings in and that are eventlet's. A module with `__all__` gives that. Of the others the
 * modules and names of Python's own library are left out (`os`, `sys`, `warnings` at the top), below the top also what a
 * module imported for its own use. Green modules that only add to a standard module give what they change; those that
 * run its source anew give its `__all__`; of `green.socket` the names that services use stand here, the constants too. Modules not
 * named here give nothing.
 */
export const starNames: Readonly<Record<string, string>> = {
  'eventlet':
    'BoundedSemaphore CappedSemaphore Event EventletDeprecationWarning GreenPile GreenPool Queue Semaphore StopServe Timeout ' +
    'TimeoutError call_after_global connect convenience event exc_after getcurrent green greenio greenlet greenpool ' +
    'greenthread hubs import_patched is_timeout kill listen monkey_patch patcher queue semaphore serve sleep spawn ' +
    'spawn_after spawn_n support timeout with_timeout wrap_is_timeout wrap_ssl',
  'eventlet.asyncio': 'spawn_for_awaitable',
  'eventlet.backdoor': 'FileProxy SocketConsole backdoor backdoor_server',
  'eventlet.convenience':
    'ReusePortUnavailableWarning ReuseRandomPortWarning StopServe connect listen serve wrap_ssl wrap_ssl_impl',
  'eventlet.corolocal': 'get_ident local',
  'eventlet.coros': 'metaphore',
  'eventlet.dagpool': 'Collision DAGPool PropagateError',
  'eventlet.db_pool':
    'BaseConnectionPool ConnectTimeout ConnectionPool DatabaseConnector GenericConnectionWrapper PooledConnectionWrapper ' +
    'RawConnectionPool TpooledConnectionPool cleanup_rollback',
  'eventlet.debug':
    'format_asyncio_info format_hub_listeners format_hub_timers format_threads_info hub_blocking_detection hub_exceptions ' +
    'hub_listener_stacks hub_prevent_multiple_readers hub_timer_stacks spew tpool_exceptions unspew',
  'eventlet.event': 'Event',
  'eventlet.green': 'os select socket ssl time',
  'eventlet.green.BaseHTTPServer':
    'BaseHTTPRequestHandler CGIHTTPRequestHandler HTTPServer SimpleHTTPRequestHandler ThreadingHTTPServer',
  'eventlet.green.OpenSSL.SSL': 'Connection ConnectionType GreenConnection',
  'eventlet.green.Queue': 'Empty Full LifoQueue PriorityQueue Queue',
  'eventlet.green.SocketServer':
    'BaseRequestHandler BaseServer DatagramRequestHandler ForkingMixIn ForkingTCPServer ForkingUDPServer ' +
    'StreamRequestHandler TCPServer ThreadingMixIn ThreadingTCPServer ThreadingUDPServer ThreadingUnixDatagramServer ' +
    'ThreadingUnixStreamServer UDPServer UnixDatagramServer UnixStreamServer',
  'eventlet.green._socket_nodns': 'fromfd socket socketpair timeout',
  'eventlet.green.ftplib': 'FTP FTP_TLS all_errors error_perm error_proto error_reply error_temp',
  'eventlet.green.http': 'HTTPStatus',
  'eventlet.green.http.client':
    'BadStatusLine CannotSendHeader CannotSendRequest HTTPConnection HTTPException HTTPResponse HTTPSConnection ' +
    'ImproperConnectionState IncompleteRead InvalidURL LineTooLong NotConnected RemoteDisconnected ResponseNotReady ' +
    'UnimplementedFileMode UnknownProtocol UnknownTransferEncoding error responses',
  'eventlet.green.http.cookiejar':
    'Cookie CookieJar CookiePolicy DefaultCookiePolicy FileCookieJar LWPCookieJar LoadError MozillaCookieJar',
  'eventlet.green.http.server': 'BaseHTTPRequestHandler CGIHTTPRequestHandler HTTPServer SimpleHTTPRequestHandler',
  'eventlet.green.httplib':
    'BadStatusLine CannotSendHeader CannotSendRequest HTTPConnection HTTPException HTTPResponse HTTPSConnection ' +
    'ImproperConnectionState IncompleteRead InvalidURL LineTooLong NotConnected RemoteDisconnected ResponseNotReady ' +
    'UnimplementedFileMode UnknownProtocol UnknownTransferEncoding error responses',
  'eventlet.green.os': 'fdopen open read wait waitpid write',
  'eventlet.green.profile': 'Profile run runctx',
  'eventlet.green.select': 'select',
  'eventlet.green.selectors': 'DefaultSelector SelectSelector',
  'eventlet.green.socket':
    'AF_INET AF_INET6 AF_UNIX AF_UNSPEC AI_CANONNAME AI_NUMERICHOST AI_PASSIVE EAI_AGAIN EAI_NONAME INADDR_ANY IPPROTO_ICMP IPPROTO_IP ' +
    'IPPROTO_IPV6 IPPROTO_TCP IPPROTO_UDP IPV6_V6ONLY MSG_DONTWAIT MSG_PEEK MSG_WAITALL NI_NUMERICHOST NI_NUMERICSERV SHUT_RD SHUT_RDWR SHUT_WR ' +
    'SOCK_CLOEXEC SOCK_DGRAM SOCK_NONBLOCK SOCK_RAW SOCK_STREAM SOL_SOCKET SOMAXCONN SO_BROADCAST SO_ERROR SO_KEEPALIVE SO_LINGER SO_RCVBUF ' +
    'SO_REUSEADDR SO_REUSEPORT SO_SNDBUF SocketType TCP_KEEPCNT TCP_KEEPIDLE TCP_KEEPINTVL TCP_NODELAY create_connection create_server error ' +
    'fromfd gaierror getaddrinfo getdefaulttimeout getfqdn gethostbyaddr gethostbyname gethostbyname_ex gethostname getnameinfo getprotobyname ' +
    'getservbyname getservbyport has_ipv6 herror htonl htons if_nameindex if_nametoindex inet_aton inet_ntoa inet_ntop inet_pton ntohl ntohs ' +
    'setdefaulttimeout socket socketpair timeout',
  'eventlet.green.ssl': 'GreenSSLContext GreenSSLSocket SSLContext SSLSocket create_default_context wrap_socket',
  'eventlet.green.subprocess':
    'CalledProcessError CompletedProcess DEVNULL PIPE Popen STDOUT SubprocessError TimeoutExpired call check_call ' +
    'check_output getoutput getstatusoutput run',
  'eventlet.green.thread':
    'Lock LockType allocate allocate_lock exit get_ident interrupt_main stack_size start_joinable_thread start_new ' +
    'start_new_thread',
  'eventlet.green.threading':
    'Barrier BoundedSemaphore BrokenBarrierError Condition Event ExceptHookArgs Lock RLock Semaphore TIMEOUT_MAX Thread ' +
    'ThreadError Timer active_count current_thread enumerate excepthook get_ident getprofile gettrace local main_thread ' +
    'setprofile settrace stack_size',
  'eventlet.green.time': 'sleep',
  'eventlet.green.urllib': 'error parse request response',
  'eventlet.green.urllib.error': 'ContentTooShortError HTTPError URLError',
  'eventlet.green.urllib.parse':
    'DefragResult DefragResultBytes ParseResult ParseResultBytes SplitResult SplitResultBytes parse_qs parse_qsl quote ' +
    'quote_from_bytes quote_plus unquote unquote_plus unquote_to_bytes urldefrag urlencode urljoin urlparse urlsplit ' +
    'urlunparse urlunsplit',
  'eventlet.green.urllib.request':
    'AbstractBasicAuthHandler AbstractDigestAuthHandler BaseHandler CacheFTPHandler DataHandler FTPHandler ' +
    'FancyURLopener FileHandler HTTPBasicAuthHandler HTTPCookieProcessor HTTPDefaultErrorHandler HTTPDigestAuthHandler ' +
    'HTTPErrorProcessor HTTPHandler HTTPPasswordMgr HTTPPasswordMgrWithDefaultRealm HTTPPasswordMgrWithPriorAuth ' +
    'HTTPRedirectHandler HTTPSHandler OpenerDirector ProxyBasicAuthHandler ProxyDigestAuthHandler ProxyHandler Request ' +
    'URLopener UnknownHandler build_opener getproxies install_opener pathname2url url2pathname urlcleanup urlopen urlretrieve',
  'eventlet.green.urllib.response': 'addbase addclosehook addinfo addinfourl',
  'eventlet.greenio':
    'CONNECT_ERR CONNECT_SUCCESS GreenPipe GreenSocket SOCKET_BLOCKING SOCKET_CLOSED SSL base py3 set_nonblocking ' +
    'shutdown_safe socket_timeout',
  'eventlet.greenio.base':
    'CONNECT_ERR CONNECT_SUCCESS GreenSocket SOCKET_BLOCKING SOCKET_CLOSED SSL _GLOBAL_DEFAULT_TIMEOUT set_nonblocking ' +
    'shutdown_safe socket_timeout',
  'eventlet.greenio.py3': 'GreenPipe _fileobject',
  'eventlet.greenpool': 'GreenPile GreenPool',
  'eventlet.greenthread': 'GreenThread getcurrent kill sleep spawn spawn_after spawn_after_local spawn_n',
  'eventlet.hubs': 'get_default_hub get_hub trampoline use_hub',
  'eventlet.hubs.asyncio': 'Hub is_available',
  'eventlet.hubs.epolls': 'Hub is_available',
  'eventlet.hubs.hub':
    'BaseHub DebugListener FdListener READ WRITE alarm_handler alarm_itimer arm_alarm closed_callback ' +
    'g_prevent_multiple_readers noop',
  'eventlet.hubs.kqueue': 'Hub is_available',
  'eventlet.hubs.poll': 'Hub is_available',
  'eventlet.hubs.selects': 'BAD_SOCK Hub is_available',
  'eventlet.hubs.timer': 'LocalTimer Timer',
  'eventlet.lock': 'Lock',
  'eventlet.patcher': 'import_patched inject is_monkey_patched monkey_patch',
  'eventlet.pools': 'Pool TokenPool',
  'eventlet.queue': 'Empty Full LifoQueue LightQueue PriorityQueue Queue',
  'eventlet.semaphore': 'BoundedSemaphore CappedSemaphore Semaphore',
  'eventlet.support': 'PY33 bytes_to_str get_errno greendns greenlets wrap_deprecated',
  'eventlet.support.greendns':
    'DNS_QUERY_TIMEOUT EAI_EAGAIN_ERROR EAI_NODATA_ERROR EAI_NONAME_ERROR HOSTS_TTL HostsAnswer HostsResolver ' +
    'ResolverProxy compute_expiration getaddrinfo getaliases gethostbyname gethostbyname_ex getnameinfo is_ip_addr ' +
    'is_ipv4_addr is_ipv6_addr reset resolve resolve_cname resolver tcp udp',
  'eventlet.support.greenlets': 'GreenletExit getcurrent greenlet',
  'eventlet.timeout': 'Timeout is_timeout with_timeout wrap_is_timeout',
  'eventlet.tpool': 'Proxy execute killall set_num_threads',
  'eventlet.websocket': 'WebSocket WebSocketWSGI',
  'eventlet.wsgi': 'format_date_time server',
};

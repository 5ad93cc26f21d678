using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// The HTTP/2 connections to all members. With TLS the files are compared at most every ten seconds; when they have changed, new
/// calls go over new connections while those under way end on the old ones. While the files do not fit together (somebody is replacing
/// them) the last good ones are used on.
/// </summary>
internal sealed class EtcdTransport : IDisposable
{
    private const int StreamWindow = 4 * 1024 * 1024;
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(10);

    private readonly EtcdStorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly bool _secure;
    private readonly Lock _gate = new();
    private readonly List<HttpMessageInvoker> _retired = [];
    private EtcdTlsMaterial? _material;
    private long _checkedAt;
    private volatile HttpMessageInvoker? _current;

    public EtcdTransport(EtcdStorageOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _secure = options.Endpoints.Any(endpoint => endpoint.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What new calls are to be sent with.</summary>
    /// <exception cref="StorageUnavailableException">The TLS files cannot be used and never could.</exception>
    public HttpMessageInvoker Current
    {
        get
        {
            var current = _current;
            var isFresh = current is not null && (!_secure || _time.GetElapsedTime(Volatile.Read(ref _checkedAt)) < CheckEvery);
            return isFresh ? current! : Check();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _current?.Dispose();
            _retired.ForEach(static invoker => invoker.Dispose());
            _retired.Clear();
        }
    }

    private HttpMessageInvoker Check()
    {
        lock (_gate)
        {
            Volatile.Write(ref _checkedAt, _time.GetTimestamp());
            if (!_secure)
            {
                return _current ??= new HttpMessageInvoker(NewHandler(), disposeHandler: true);
            }

            try
            {
                Renew(EtcdTlsMaterial.Read(_options));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                if (_current is null)
                {
                    throw new StorageUnavailableException($"the files for TLS to etcd cannot be used: {e.Message}", e);
                }

                EtcdLog.TlsFilesUnusable(_logger, e.Message);
            }

            return _current!;
        }
    }

    private void Renew(EtcdTlsMaterial material)
    {
        if (material.Equals(_material))
        {
            return;
        }

        var handler = NewHandler();
        handler.SslOptions = material.ToSslOptions();
        if (_current is { } old)
        {
            _retired.Add(old);
            EtcdLog.TlsFilesChanged(_logger);
        }

        _current = new HttpMessageInvoker(handler, disposeHandler: true);
        _material = material;
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = _options.DialTimeout,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindow,
        KeepAlivePingDelay = _options.KeepAliveTime,
        KeepAlivePingTimeout = _options.KeepAliveTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
    };
}

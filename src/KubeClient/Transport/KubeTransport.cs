using System.Diagnostics;
using System.Net;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.KubeClient.Transport;

/// <summary>
/// Carries requests to one API server over one pool of connections: HTTP/2 with keep-alive pings where the server has TLS,
/// HTTP/1.1 else. Adds impersonation, User-Agent and, over TLS only, credentials, follows no redirects and sets no deadline: that is the
/// caller's, by its token. Make one a cluster and keep it.
/// </summary>
/// <example>
/// <code>
/// var config = KubeConfigLoader.Load(new KubeConfigOptions { Context = "kind-host" });
/// await using var transport = KubeTransport.Create(config);
/// using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/namespaces?limit=10");
/// using var response = await transport.SendAsync(request, cancellationToken);
/// </code>
/// </example>
public sealed class KubeTransport : IKubeTransport, IAsyncDisposable
{
    private readonly KubeClientConfig _config;
    private readonly TimeProvider _clock;
    private readonly ICredentialSource _credentials;
    private readonly HandlerFactory _handlers;
    private readonly bool _mayAuthenticate;
    private readonly bool _http11Only;
    private readonly Lock _gate = new();
    private volatile ConnectionPool? _pool;
    private bool _disposed;

    private KubeTransport(KubeClientConfig config, TimeProvider clock, ILogger logger)
    {
        _config = config;
        _clock = clock;
        BaseAddress = WithSlash(config.Server);
        _handlers = new HandlerFactory(config, new CertificateAuthorities(config));
        _http11Only = ImpersonationHeaders.HasRepeated(config.Impersonation);
        _mayAuthenticate = BaseAddress.Scheme == Uri.UriSchemeHttps;
        _credentials = _mayAuthenticate
            ? CredentialSources.Create(config, clock, logger)
            : new StaticCredentialSource(Credential.None);
        if (!_mayAuthenticate && HasCredentials(config))
        {
            AuthenticationLog.NoCredentialsWithoutTls(logger, BaseAddress.Authority);
        }
    }

    /// <inheritdoc/>
    public Uri BaseAddress { get; }

    /// <summary>Makes a transport. Connects to nothing; files are read at the first request, authorities at once.</summary>
    /// <exception cref="KubeConfigException">The configuration cannot be used.</exception>
    public static KubeTransport Create(KubeClientConfig config, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        ConfigCheck.Check(config);
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<KubeTransport>();
        try
        {
            return new KubeTransport(config, clock ?? TimeProvider.System, logger);
        }
        catch (CredentialException e)
        {
            throw new KubeConfigException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Prepare(request);
        if (!_mayAuthenticate || request.Headers.Authorization is not null)
        {
            return await MeasureAsync(request, await CertificateOnlyAsync(request, cancellationToken), cancellationToken);
        }

        var credential = await CredentialAsync(request, _credentials.GetAsync(cancellationToken));
        request.Headers.Authorization = credential.Authorization;
        var response = await MeasureAsync(request, credential.Certificate, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !CanRepeat(request))
        {
            return response;
        }

        return await RetryAsync(request, credential, response, cancellationToken);
    }

    /// <summary>Closes the connections; calls under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _pool?.Dispose();
        }

        await _credentials.DisposeAsync();
    }

    private static Uri WithSlash(Uri server) =>
        server.AbsolutePath.EndsWith('/') ? server : new UriBuilder(server) { Path = $"{server.AbsolutePath}/" }.Uri;

    private static bool HasCredentials(KubeClientConfig config) =>
        config.RotatingToken is not null || config.Token is not null || config.TokenFile is not null || config.Username is not null || config.Exec is not null;

    private static bool CanRepeat(HttpRequestMessage request) =>
        request.Content is null or ByteArrayContent or ReadOnlyMemoryContent;

    private async Task<HttpResponseMessage> RetryAsync(
        HttpRequestMessage request, Credential refused, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var credential = await CredentialAsync(request, _credentials.RefreshAsync(refused, cancellationToken));
            if (credential is null)
            {
                return response;
            }

            response.Dispose();
            request.Headers.Authorization = credential.Authorization;
            return await MeasureAsync(request, credential.Certificate, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<ClientCertificate?> CertificateOnlyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        !_mayAuthenticate || _config.Exec is not null
            ? _pool?.Certificate
            : (await CredentialAsync(request, _credentials.GetAsync(cancellationToken))).Certificate;

    private async ValueTask<T> CredentialAsync<T>(HttpRequestMessage request, ValueTask<T> credential)
    {
        try
        {
            return credential.IsCompleted || Deadline.Of(request) is not { } deadline
                ? await credential
                : await deadline.ExceptAsync(credential);
        }
        catch (CredentialException e)
        {
            throw new CredentialException($"no credentials for the API server {BaseAddress.GetLeftPart(UriPartial.Authority)}: {e.Message}", e);
        }
    }

    private void Prepare(HttpRequestMessage request)
    {
        request.RequestUri = Resolve(request.RequestUri);
        if (request.Headers.Upgrade.Count == 0)
        {
            var secure = request.RequestUri.Scheme == Uri.UriSchemeHttps;
            request.Version = secure && !_http11Only ? HttpVersion.Version20 : HttpVersion.Version11;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        if (request.Headers.UserAgent.Count == 0)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", _config.UserAgent);
        }

        if (_config.TlsServerName is { } name && request.Headers.Host is null)
        {
            request.Headers.Host = name;
        }

        ImpersonationHeaders.Apply(_config.Impersonation, request.Headers);
    }

    private Uri Resolve(Uri? uri)
    {
        if (uri is null)
        {
            return BaseAddress;
        }

        if (!uri.IsAbsoluteUri || uri.IsFile)
        {
            return new Uri(BaseAddress, uri.OriginalString.TrimStart('/'));
        }

        var sameServer = Uri.Compare(uri, BaseAddress, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
        return sameServer
            ? uri
            : throw new InvalidOperationException($"{uri} is not an address of {BaseAddress}: credentials are not sent elsewhere");
    }

    private async Task<HttpResponseMessage> MeasureAsync(
        HttpRequestMessage request, ClientCertificate? certificate, CancellationToken cancellationToken)
    {
        var method = request.Method.Method;
        var started = _clock.GetTimestamp();
        using var activity = StartActivity(request);
        int? code = null;
        try
        {
            var response = await SendOnceAsync(request, certificate, cancellationToken);
            code = (int)response.StatusCode;
            activity?.SetTag("http.response.status_code", code);
            return response;
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
        finally
        {
            ClientTelemetry.Record(method, BaseAddress.Authority, code, _clock.GetElapsedTime(started));
        }
    }

    private Activity? StartActivity(HttpRequestMessage request)
    {
        var activity = ClientTelemetry.Activities.StartActivity(request.Method.Method, ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("http.request.method", request.Method.Method);
            activity.SetTag("server.address", BaseAddress.Host);
            activity.SetTag("server.port", BaseAddress.Port);
            activity.SetTag("url.path", request.RequestUri!.AbsolutePath);
        }

        return activity;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request, ClientCertificate? certificate, CancellationToken cancellationToken)
    {
        while (true)
        {
            var pool = PoolFor(certificate);
            try
            {
                return await pool.SendAsync(request, cancellationToken);
            }
            catch (ObjectDisposedException) when (!ReferenceEquals(pool, _pool) && !_disposed)
            {
                // Another call changed the certificate in between; nothing was sent.
                certificate = _pool?.Certificate;
            }
            catch (HttpRequestException e)
            {
                throw TransportFailure.Describe(BaseAddress, _config.ProxyUrl, e);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw TransportFailure.ConnectTimeout(BaseAddress, _config.ProxyUrl, e);
            }
        }
    }

    /// <summary>The pool of a certificate; a change of certificate makes a new one and retires the other.</summary>
    private ConnectionPool PoolFor(ClientCertificate? certificate)
    {
        if (_pool is { } current && ReferenceEquals(current.Certificate, certificate))
        {
            return current;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_pool is not { } last || !ReferenceEquals(last.Certificate, certificate))
            {
                var next = new ConnectionPool(_handlers.Create(certificate), certificate);
                _pool?.Dispose();
                _pool = next;
            }

            return _pool;
        }
    }
}

using Google.Protobuf;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Calls to whichever member answers. A read goes to the next member when one fails; a write only when the failed one has certainly not
/// begun it. A refused token is renewed once. All ends within the call's timeout.
/// </summary>
internal sealed class EtcdChannel : IDisposable
{
    /// <summary>The longest answer taken. Lists are cut into pages so that they stay far below it.</summary>
    public const int MaxMessageLength = 256 * 1024 * 1024;

    private static readonly KeyValuePair<string, string> RequireLeader = new("hasleader", "true");

    private readonly EtcdTransport _transport;
    private readonly EtcdEndpoints _endpoints;
    private readonly EtcdAuthentication _authentication;
    private readonly TimeProvider _time;
    private readonly int _maxConcurrent;
    private int _underWay;

    public EtcdChannel(EtcdStorageOptions options, TimeProvider time, ILogger logger)
    {
        _transport = new EtcdTransport(options, time, logger);
        _endpoints = new EtcdEndpoints(options.Endpoints.Select(static text => new Uri(text)), time, logger);
        _authentication = new EtcdAuthentication(options, logger);
        _time = time;
        _maxConcurrent = options.MaxConcurrentRequests;
    }

    /// <summary>A call that may be made twice without harm.</summary>
    public Task<TResponse> ReadAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        CallAsync(method, request, timeout, isRepeatable: true, cancellationToken);

    /// <summary>A call that may be made once only.</summary>
    public Task<TResponse> WriteAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        CallAsync(method, request, timeout, isRepeatable: false, cancellationToken);

    /// <summary>Opens a stream on a member that knows a leader; the member ends it when it loses sight of one.</summary>
    public Task<GrpcStream<TRequest, TResponse>> OpenAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest first, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        RunAsync(
            (client, options, token) => client.OpenAsync(method, first, options with { Metadata = [.. options.Metadata, RequireLeader] }, token),
            timeout,
            isRepeatable: true,
            cancellationToken);

    public void Dispose()
    {
        _transport.Dispose();
        _authentication.Dispose();
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan timeout, bool isRepeatable, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (Interlocked.Increment(ref _underWay) > _maxConcurrent)
        {
            Interlocked.Decrement(ref _underWay);
            throw new GrpcException(GrpcStatusCode.Unavailable, $"more than {_maxConcurrent} requests are under way") { NeverSent = true };
        }

        try
        {
            return await RunAsync(
                (client, options, token) => client.CallAsync(method, request, options, token), timeout, isRepeatable, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<T> RunAsync<T>(
        Func<GrpcClient, GrpcCallOptions, CancellationToken, Task<T>> call,
        TimeSpan timeout,
        bool isRepeatable,
        CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        string? refusedToken = null;
        GrpcException? last = null;
        var tried = new List<EtcdEndpoint>();
        while (true)
        {
            var remaining = timeout - _time.GetElapsedTime(started);
            var endpoint = remaining > TimeSpan.Zero ? _endpoints.Choose(tried) : null;
            if (endpoint is null)
            {
                throw last ?? _endpoints.LastError();
            }

            var token = "";
            try
            {
                var client = new GrpcClient(_transport.Current, endpoint.Address, MaxMessageLength, _time);
                var share = isRepeatable && _endpoints.HasOther(endpoint) ? remaining / 2 : remaining;
                token = await TokenAsync(client, refusedToken, share, cancellationToken);
                var result = await call(client, new GrpcCallOptions(share, Metadata(token)), cancellationToken);
                _endpoints.Succeeded(endpoint);
                return result;
            }
            catch (GrpcException e) when (EtcdErrors.IsUnavailable(e))
            {
                _endpoints.Failed(endpoint, e, started);
                if (!isRepeatable && !EtcdErrors.WasNotRun(e))
                {
                    throw;
                }

                if (_endpoints.Count > 1 || last is not null)
                {
                    tried.Add(endpoint);
                }

                last = e;
            }
            catch (GrpcException e) when (EtcdErrors.IsTokenRefused(e) && _authentication.IsNeeded && refusedToken is null)
            {
                _endpoints.Succeeded(endpoint);
                refusedToken = token;
            }
            catch (GrpcException)
            {
                _endpoints.Succeeded(endpoint);
                throw;
            }
            catch
            {
                _endpoints.Abandoned(endpoint);
                throw;
            }
        }
    }

    private static KeyValuePair<string, string>[] Metadata(string token) => token.Length == 0 ? [] : [new("token", token)];

    private ValueTask<string> TokenAsync(GrpcClient client, string? refused, TimeSpan timeout, CancellationToken cancellationToken) =>
        _authentication.IsNeeded
            ? _authentication.GetTokenAsync(
                refused,
                request => client.CallAsync(EtcdMethods.Authenticate, request, new GrpcCallOptions(timeout, []), cancellationToken),
                cancellationToken)
            : new("");
}

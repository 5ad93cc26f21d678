using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Chooses the member to talk to: the last one that answered, else the next that is not known to be down. While all are down, one call
/// at a time and member is let through to find out whether that has changed, at once and then after a pause that doubles from 100 ms to
/// 2 s; all other calls fail at once.
/// </summary>
internal sealed class EtcdEndpoints(IEnumerable<Uri> addresses, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly EtcdEndpoint[] _endpoints = [.. addresses.Select(static address => new EtcdEndpoint(address))];
    private int _preferred;

    public int Count => _endpoints.Length;

    /// <summary>Whether a member other than this one is not known to be down.</summary>
    public bool HasOther(EtcdEndpoint endpoint)
    {
        lock (_gate)
        {
            return _endpoints.Any(other => other.IsUp && !ReferenceEquals(other, endpoint));
        }
    }

    /// <summary>A member for a call; null when all are down or were tried. The call must end with one of the other three methods.</summary>
    public EtcdEndpoint? Choose(IReadOnlyCollection<EtcdEndpoint> tried)
    {
        lock (_gate)
        {
            return Find(endpoint => endpoint.IsUp && !tried.Contains(endpoint)) ?? Probe(tried);
        }
    }

    /// <summary>The member answered.</summary>
    public void Succeeded(EtcdEndpoint endpoint)
    {
        lock (_gate)
        {
            if (!endpoint.IsUp)
            {
                EtcdLog.EndpointUp(logger, endpoint.Address);
            }

            endpoint.IsUp = true;
            endpoint.IsProbed = false;
            endpoint.Failures = 0;
            endpoint.LastError = null;
            endpoint.SucceededAt = time.GetTimestamp();
            _preferred = Array.IndexOf(_endpoints, endpoint);
        }
    }

    /// <summary>The member did not answer a call begun at a time. One that answered another call since then is slow, not down.</summary>
    public void Failed(EtcdEndpoint endpoint, GrpcException error, long startedAt)
    {
        lock (_gate)
        {
            endpoint.IsProbed = false;
            endpoint.LastError = error;
            if (error.Code == GrpcStatusCode.DeadlineExceeded && endpoint.SucceededAt >= startedAt)
            {
                return;
            }

            if (endpoint.IsUp)
            {
                EtcdLog.EndpointDown(logger, endpoint.Address, error.Detail);
            }
            else if (startedAt < endpoint.FailedAt)
            {
                return;
            }

            endpoint.IsUp = false;
            endpoint.Failures++;
            endpoint.FailedAt = time.GetTimestamp();
        }
    }

    /// <summary>The call was given up; nothing is known.</summary>
    public void Abandoned(EtcdEndpoint endpoint)
    {
        lock (_gate)
        {
            endpoint.IsProbed = false;
        }
    }

    /// <summary>What the preferred member, or else any, failed with last.</summary>
    public GrpcException LastError()
    {
        lock (_gate)
        {
            return _endpoints[_preferred].LastError
                ?? _endpoints.Select(static endpoint => endpoint.LastError).FirstOrDefault(static error => error is not null)
                ?? new GrpcException(GrpcStatusCode.Unavailable, "no member answers");
        }
    }

    private EtcdEndpoint? Probe(IReadOnlyCollection<EtcdEndpoint> tried)
    {
        var found = Find(endpoint =>
            !endpoint.IsUp && !endpoint.IsProbed && !tried.Contains(endpoint) && time.GetElapsedTime(endpoint.FailedAt) >= Pause(endpoint));
        found?.IsProbed = true;
        return found;
    }

    private static TimeSpan Pause(EtcdEndpoint endpoint)
    {
        if (endpoint.Failures <= 1)
        {
            return TimeSpan.Zero;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(endpoint.Failures - 2, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private EtcdEndpoint? Find(Func<EtcdEndpoint, bool> isMeant)
    {
        for (var i = 0; i < _endpoints.Length; i++)
        {
            var endpoint = _endpoints[(_preferred + i) % _endpoints.Length];
            if (isMeant(endpoint))
            {
                return endpoint;
            }
        }

        return null;
    }
}

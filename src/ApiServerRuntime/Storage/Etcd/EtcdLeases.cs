using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Leases that objects with the same time to live share, as each lease costs etcd far more than an object on it. A lease is granted for
/// a bit longer than asked (5 %, at most a minute, and a second for the write to arrive), and serves objects until that bit is used up
/// or it has its full number of them. So an object lives at least its time, and at most that bit longer.
/// </summary>
internal sealed class EtcdLeases(EtcdChannel channel, EtcdStorageOptions options, TimeProvider time)
{
    private const int MostBuckets = 256;
    private static readonly TimeSpan LongestReuse = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WriteMargin = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, SharedLease> _current = [];

    /// <summary>A lease for one object that is to live so long from now.</summary>
    public async Task<long> GetAsync(TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(timeToLive.TotalSeconds));
        SharedLease lease;
        lock (_gate)
        {
            if (!_current.TryGetValue(seconds, out lease!) || !lease.TryUse(time, options.MaxObjectsPerLease))
            {
                RemoveStale();
                var reuse = TimeSpan.FromSeconds(seconds) * 0.05;
                lease = new SharedLease(seconds, reuse < LongestReuse ? reuse : LongestReuse, time.GetTimestamp());
                lease.Id = GrantAsync(lease);
                _current[seconds] = lease;
            }
        }

        return await lease.Id.WaitAsync(cancellationToken);
    }

    /// <summary>Takes a lease out of use that etcd no longer knows, or never did.</summary>
    public void Forget(long id)
    {
        lock (_gate)
        {
            foreach (var (seconds, lease) in _current)
            {
                if (lease.Id is { IsCompletedSuccessfully: true } && lease.GrantedId == id)
                {
                    _current.Remove(seconds);
                    return;
                }
            }
        }
    }

    private async Task<long> GrantAsync(SharedLease lease)
    {
        await Task.Yield();
        try
        {
            var total = TimeSpan.FromSeconds(lease.Seconds) + lease.Reuse + WriteMargin;
            var request = new LeaseGrantRequest { TTL = (long)Math.Ceiling(total.TotalSeconds) };
            var answer = await channel.ReadAsync(EtcdMethods.LeaseGrant, request, options.RequestTimeout, CancellationToken.None);
            lease.GrantedId = answer.ID;
            return answer.ID;
        }
        catch
        {
            lock (_gate)
            {
                if (_current.TryGetValue(lease.Seconds, out var current) && ReferenceEquals(current, lease))
                {
                    _current.Remove(lease.Seconds);
                }
            }

            throw;
        }
    }

    private void RemoveStale()
    {
        foreach (var (seconds, lease) in _current)
        {
            if (!lease.IsFresh(time))
            {
                _current.Remove(seconds);
            }
        }

        if (_current.Count >= MostBuckets)
        {
            _current.Clear();
        }
    }

    private sealed class SharedLease(long seconds, TimeSpan reuse, long grantedAt)
    {
        private int _objects = 1;

        public long Seconds { get; } = seconds;

        public TimeSpan Reuse { get; } = reuse;

        public Task<long> Id { get; set; } = Task.FromResult(0L);

        public long GrantedId { get; set; }

        public bool IsFresh(TimeProvider time) => time.GetElapsedTime(grantedAt) <= Reuse;

        public bool TryUse(TimeProvider time, int most)
        {
            if (_objects >= most || !IsFresh(time))
            {
                return false;
            }

            _objects++;
            return true;
        }
    }
}

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>Hands out the addresses of pods, 10.244.0.0/16: no two pods that are there have the same. Safe for concurrent use.</summary>
internal sealed class PodAddresses
{
    private const int Size = 0xFFFF;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _byPod = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>The address of a pod: the one that it has, or a new one. Empty when all are taken.</summary>
    public string Of(string uid, string? present)
    {
        lock (_lock)
        {
            if (_byPod.TryGetValue(uid, out var known))
            {
                return known;
            }

            var address = string.IsNullOrEmpty(present) ? Next() : present;
            if (address.Length > 0)
            {
                _taken.Add(address);
                _byPod.Add(uid, address);
            }

            return address;
        }
    }

    /// <summary>Takes back the address of a pod that is gone.</summary>
    public void Release(string uid)
    {
        lock (_lock)
        {
            if (_byPod.Remove(uid, out var address))
            {
                _taken.Remove(address);
            }
        }
    }

    private string Next()
    {
        for (var tries = 0; tries < Size; tries++)
        {
            _last = (_last % (Size - 1)) + 1;
            var address = $"10.244.{_last >> 8}.{_last & 0xFF}";
            if (!_taken.Contains(address))
            {
                return address;
            }
        }

        return "";
    }
}

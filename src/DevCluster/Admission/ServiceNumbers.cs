using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.DevClusters.Admission;

/// <summary>
/// The cluster addresses (10.96.0.0/16) and node ports (30000-32767) of services. They are handed out one after the other past those in use,
/// so that services that are made at the same time never get the same. Safe for concurrent use.
/// </summary>
internal sealed class ServiceNumbers(IResourceCacheSet caches, Func<ResourceType> services)
{
    public const int FirstPort = 30000;
    public const int LastPort = 32767;
    public const string Prefix = "10.96.";
    private const int Addresses = 65_000;
    private const int FirstAddress = 10;

    private int _address = FirstAddress;
    private int _port = FirstPort;

    /// <summary>What services have now.</summary>
    public async ValueTask<Taken> ReadAsync(CancellationToken cancellationToken)
    {
        var type = services();
        var snapshot = await caches.Get(type).NewestAsync(cancellationToken);
        var taken = new Taken();
        foreach (var item in snapshot.Range(type.KeyPrefix))
        {
            if (item.Object.GetString("spec", "clusterIP") is { } address)
            {
                taken.Addresses.TryAdd(address, item.Object.Metadata.Uid ?? string.Empty);
            }

            foreach (var port in item.Object.GetNode("spec", "ports") as JsonArray ?? [])
            {
                if (port?["nodePort"] is JsonValue value && value.TryGetValue(out int number) && number > 0)
                {
                    taken.Ports.TryAdd(number, item.Object.Metadata.Uid ?? string.Empty);
                }
            }
        }

        return taken;
    }

    /// <summary>The next free address; null when there is none.</summary>
    public string? NextAddress(Taken taken)
    {
        for (int i = 0; i < Addresses; i++)
        {
            int number = FirstAddress + (int)((uint)Interlocked.Increment(ref _address) % Addresses);
            string address = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number / 256}.{number % 256}");
            if (number % 256 is not (0 or 255) && taken.Addresses.TryAdd(address, string.Empty))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>The next free port; null when there is none.</summary>
    public int? NextPort(Taken taken)
    {
        const int Count = LastPort - FirstPort + 1;
        for (int i = 0; i < Count; i++)
        {
            int port = FirstPort + (int)((uint)Interlocked.Increment(ref _port) % Count);
            if (taken.Ports.TryAdd(port, string.Empty))
            {
                return port;
            }
        }

        return null;
    }

    /// <summary>What services have, by whose it is (the UID).</summary>
    internal sealed class Taken
    {
        public Dictionary<string, string> Addresses { get; } = new(StringComparer.Ordinal);

        public Dictionary<int, string> Ports { get; } = [];
    }
}

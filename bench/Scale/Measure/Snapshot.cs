using KubeFed.Scale.Http;

namespace KubeFed.Scale.Measure;

/// <summary>All counters at one moment.</summary>
internal sealed record Snapshot(RequestCounts Host, IReadOnlyList<RequestCounts> Members, CpuSeconds Cpu)
{
    public static async Task<Snapshot> TakeAsync(Clients clients, int? controllerManager, CancellationToken cancellationToken)
    {
        var host = RequestCounts.ReadAsync(clients.Host, cancellationToken);
        var members = Task.WhenAll(clients.Members.Select(member => RequestCounts.ReadAsync(member, cancellationToken)));
        return new Snapshot(await host, await members, CpuSeconds.Read(controllerManager));
    }
}

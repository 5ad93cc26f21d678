using System.Text.Json;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.Scale.Http;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Raw;

/// <summary>
/// The writes that nobody can do without, fired directly: for each object one create and one status write on the host, and one create
/// in each member. No controller runs meanwhile, and nothing waits for anything but a status write for its object's create.
/// </summary>
internal sealed class RawLimit(Workload workload, Clients clients, TimeProvider time)
{
    private readonly byte[] _status = Status(clients.Members.Select(static member => member.Cluster), time);

    /// <summary>Creates everything and returns how long it took until the last answer.</summary>
    public async Task<TimeSpan> FireAsync(string prefix, int objects, int concurrency, CancellationToken cancellationToken)
    {
        var names = Names.Spread(prefix, objects, [Names.RawNamespace]);
        var federated = names.Select(name => (Name: name, Body: workload.FederatedObject(name, 1))).ToArray();
        var copies = names.Select(name => workload.MemberObject(name, 1)).ToArray();
        var target = ApiClient.Path(workload.Target, Names.RawNamespace);
        var start = time.GetTimestamp();
        await Task.WhenAll(
        [
            Burst.RunAsync(federated, concurrency, (item, token) => WriteHostAsync(item.Name, item.Body, token), cancellationToken),
            .. clients.Members.Select(member =>
                Burst.RunAsync(copies, concurrency, (copy, token) => member.PostAsync(target, copy, token), cancellationToken)),
        ]);
        return time.GetElapsedTime(start);
    }

    /// <summary>Removes everything that was created.</summary>
    public Task CleanAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        clients.Host.DeleteAsync(ApiClient.Path(workload.Federated, Names.RawNamespace), cancellationToken),
        .. clients.Members.Select(member => member.DeleteAsync(ApiClient.Path(workload.Target, Names.RawNamespace), cancellationToken)),
    ]);

    private async Task WriteHostAsync(NamespacedName name, byte[] body, CancellationToken cancellationToken)
    {
        await clients.Host.PostAsync(ApiClient.Path(workload.Federated, name.Namespace), body, cancellationToken);
        await clients.Host.MergeAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name) + "/status", _status, cancellationToken);
    }

    private static byte[] Status(IEnumerable<string> members, TimeProvider time)
    {
        var status = new FederatedStatus
        {
            ObservedGeneration = 1,
            Conditions = [new FederatedCondition { Type = "Propagation", Status = "True", LastUpdateTime = time.GetUtcNow(), LastTransitionTime = time.GetUtcNow() }],
            Clusters = [.. members.Select(static name => new FederatedClusterStatus { Name = name })],
        };
        return [.. "{\"status\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(status, FederationJsonContext.Default.FederatedStatus), .. "}"u8];
    }
}

using System.Text.Json;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.Scale.Http;
using KubeFed.Scale.Workloads;

namespace KubeFed.Scale.Raw;

/// <summary>
/// The writes that nobody can do without, fired directly: for each object one create (change, removal) on the host and in each member,
/// and one status write on the host for a create and a change. No controller runs meanwhile, and nothing waits for anything but a status
/// write for its object's own write.
/// </summary>
internal sealed class RawLimit(Workload workload, Clients clients, TimeProvider time)
{
    private readonly byte[] _status = Status(clients.Members.Select(static member => member.Cluster), time);

    /// <summary>Creates everything and returns how long it took until the last answer.</summary>
    public Task<TimeSpan> CreateAsync(string prefix, int objects, int concurrency, CancellationToken cancellationToken)
    {
        var target = ApiClient.Path(workload.Target, Names.RawNamespace);
        return CreateAsync(prefix, objects, concurrency, (member, _, copy, token) => member.PostAsync(target, copy, token), cancellationToken);
    }

    /// <summary>The same with server-side apply in the members.</summary>
    public Task<TimeSpan> ApplyAsync(string prefix, int objects, int concurrency, CancellationToken cancellationToken) => CreateAsync(
        prefix,
        objects,
        concurrency,
        (member, name, copy, token) => member.ApplyAsync(ApiClient.Path(workload.Target, name.Namespace, name.Name), copy, token),
        cancellationToken);

    /// <summary>Changes everything that was created and returns how long it took until the last answer.</summary>
    public Task<TimeSpan> UpdateAsync(string prefix, int objects, int concurrency, CancellationToken cancellationToken)
    {
        var (federated, copy) = (workload.FederatedChange(2), workload.MemberChange(2));
        return FireAsync(
            Spread(prefix, objects),
            concurrency,
            async (name, token) =>
            {
                await clients.Host.MergeAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name), federated, token);
                await WriteStatusAsync(name, token);
            },
            (member, name, token) => member.MergeAsync(ApiClient.Path(workload.Target, name.Namespace, name.Name), copy, token),
            cancellationToken);
    }

    /// <summary>Removes everything that was created, one by one, and returns how long it took until the last answer.</summary>
    public Task<TimeSpan> DeleteAsync(string prefix, int objects, int concurrency, CancellationToken cancellationToken) => FireAsync(
        Spread(prefix, objects),
        concurrency,
        (name, token) => clients.Host.DeleteAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name), token),
        (member, name, token) => member.DeleteAsync(ApiClient.Path(workload.Target, name.Namespace, name.Name), token),
        cancellationToken);

    /// <summary>Removes everything that was created.</summary>
    public Task CleanAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        clients.Host.DeleteAsync(ApiClient.Path(workload.Federated, Names.RawNamespace), cancellationToken),
        .. clients.Members.Select(member => member.DeleteAsync(ApiClient.Path(workload.Target, Names.RawNamespace), cancellationToken)),
    ]);

    private Task<TimeSpan> CreateAsync(
        string prefix, int objects, int concurrency, Func<ApiClient, NamespacedName, byte[], CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var items = Spread(prefix, objects).Select(name => (Name: name, Federated: workload.FederatedObject(name, 1), Copy: workload.MemberObject(name, 1))).ToArray();
        return FireAsync(
            items,
            concurrency,
            async (item, token) =>
            {
                await clients.Host.PostAsync(ApiClient.Path(workload.Federated, item.Name.Namespace), item.Federated, token);
                await WriteStatusAsync(item.Name, token);
            },
            (member, item, token) => write(member, item.Name, item.Copy, token),
            cancellationToken);
    }

    private async Task<TimeSpan> FireAsync<T>(
        IReadOnlyList<T> items,
        int concurrency,
        Func<T, CancellationToken, Task> host,
        Func<ApiClient, T, CancellationToken, Task> member,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await Task.WhenAll(
        [
            Burst.RunAsync(items, concurrency, host, cancellationToken),
            .. clients.Members.Select(client => Burst.RunAsync(items, concurrency, (item, token) => member(client, item, token), cancellationToken)),
        ]);
        return time.GetElapsedTime(start);
    }

    private Task WriteStatusAsync(NamespacedName name, CancellationToken cancellationToken) =>
        clients.Host.MergeAsync(ApiClient.Path(workload.Federated, name.Namespace, name.Name) + "/status", _status, cancellationToken);

    private static IReadOnlyList<NamespacedName> Spread(string prefix, int objects) => Names.Spread(prefix, objects, [Names.RawNamespace]);

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

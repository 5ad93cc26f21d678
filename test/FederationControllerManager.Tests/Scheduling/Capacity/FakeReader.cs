using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Capacity;

/// <summary>A member with nodes and pods, that answers in pages of two.</summary>
internal sealed class FakeReader : IResourceReader
{
    private const int PageSize = 2;
    private int _reads;

    public ConcurrentDictionary<string, KubeObject> Nodes { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, KubeObject> Pods { get; } = new(StringComparer.Ordinal);

    /// <summary>Lists asked for, by page.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Called before each answer; may throw or hang.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public FakeReader Node(string name, string allocatable, string spec = "{}", string ready = "True")
    {
        Nodes[name] = Parse($$$"""
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}},
             "status":{"allocatable":{{{allocatable}}},"conditions":[{"type":"DiskPressure","status":"False"},{"type":"Ready","status":"{{{ready}}}"}]}}
            """);
        return this;
    }

    public FakeReader Pod(string name, string node, string requests, string phase = "Running")
    {
        Pods[name] = Parse($$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"d"},
             "spec":{"nodeName":"{{{node}}}","containers":[{"resources":{"requests":{{{requests}}}}}]},"status":{"phase":"{{{phase}}}"}}
            """);
        return this;
    }

    public async Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        await Before(cancellationToken);
        var all = (resource.Resource == "nodes" ? Nodes : Pods).OrderBy(static o => o.Key, StringComparer.Ordinal).Select(static o => o.Value).ToArray();
        var start = int.Parse(options?.Continue ?? "0");
        var end = start + PageSize;
        return new KubeObjectList([.. all.Skip(start).Take(PageSize)], "1", end < all.Length ? end.ToString() : null);
    }

    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("capacity reads lists");

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        Assert.Fail("capacity reads lists");
        yield break;
    }

    private static KubeObject Parse(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json));
}

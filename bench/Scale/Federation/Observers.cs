using System.Text.Json;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using KubeFed.Scale.Measure;
using KubeFed.Scale.Workloads;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale.Federation;

/// <summary>The watches that tell when every member has followed and every federated object says so.</summary>
internal sealed class Observers : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<ProgressWatch> _members = [];
    private ProgressWatch? _host;

    /// <summary>Starts one watch in each cluster.</summary>
    public static async Task<Observers> StartAsync(ClusterSet clusters, Workload workload, TimeProvider time, CancellationToken cancellationToken)
    {
        var observers = new Observers();
        foreach (var member in clusters.Members)
        {
            var options = new WatchOptions { LabelSelector = Workload.RoundLabel, Representation = Representation.Metadata };
            observers._members.Add(observers.Own(
                await ProgressWatch.StartAsync(observers.Connect(member), workload.Target, options, RoundOfCopy, time, cancellationToken)));
        }

        observers._host = observers.Own(await ProgressWatch.StartAsync(
            observers.Connect(clusters.Host), workload.Federated, new WatchOptions(), RoundOfFederated, time, cancellationToken));
        return observers;
    }

    /// <summary>When the last member had come to the round with all its copies (0 copies: with none).</summary>
    public async Task<long> MembersReachAsync(int round, int count, CancellationToken cancellationToken) =>
        (await Task.WhenAll(_members.Select(member => member.ReachAsync(round, count, cancellationToken)))).Max();

    /// <summary>Waits until no member holds more copies than so many.</summary>
    public Task MembersHoldAsync(int count, CancellationToken cancellationToken) =>
        Task.WhenAll(_members.Select(member => member.FallToAsync(count, cancellationToken)));

    /// <summary>When the last member had shown an object at a round.</summary>
    public async Task<long> MembersShowAsync(NamespacedName name, int round, CancellationToken cancellationToken) =>
        (await Task.WhenAll(_members.Select(member => member.ShowAsync(name, round, cancellationToken)))).Max();

    /// <summary>When a member had shown an object at a round.</summary>
    public Task<long> MemberShowsAsync(int member, NamespacedName name, int round, CancellationToken cancellationToken) =>
        _members[member].ShowAsync(name, round, cancellationToken);

    /// <summary>When the last federated object had a good status of the round (0 objects: was gone).</summary>
    public Task<long> StatusesReachAsync(int round, int count, CancellationToken cancellationToken) =>
        _host!.ReachAsync(round, count, cancellationToken);

    /// <summary>What the watches have seen, for a person.</summary>
    public string Describe() =>
        $"federated: {_host!.Describe()}; " + string.Join("; ", _members.Select(static (member, i) => $"member{i + 1}: {member.Describe()}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Enumerable.Reverse(_owned))
        {
            await owned.DisposeAsync();
        }
    }

    private T Own<T>(T value)
        where T : IAsyncDisposable
    {
        _owned.Add(value);
        return value;
    }

    private DynamicClient Connect(TestCluster cluster) =>
        new(Own(KubeTransport.Create(KubeConfigLoader.Load(new KubeConfigOptions { Path = cluster.KubeconfigPath }))));

    private static int RoundOfCopy(KubeObject copy) =>
        copy.Metadata.Labels.TryGetValue(Workload.RoundLabel, out var round) ? int.Parse(round) : 0;

    // Each round changes the spec once, so that rounds and generations are one.
    private static int RoundOfFederated(KubeObject federated)
    {
        if (!federated.TryGetRaw(out var raw, "status"))
        {
            return 0;
        }

        var status = JsonSerializer.Deserialize(raw.Span, FederationJsonContext.Default.FederatedStatus)!;
        var good = status.Conditions.Any(static condition => condition is { Type: "Propagation", Status: "True" });
        return good && status.ObservedGeneration == federated.Metadata.Generation ? (int)federated.Metadata.Generation : 0;
    }
}

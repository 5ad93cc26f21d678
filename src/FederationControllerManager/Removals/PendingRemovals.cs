using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Removals;

/// <summary>
/// The removals that wait for a member to come back, as PendingRemoval objects of the host. Reads come from memory; what is remembered is
/// on the host before anybody is told so.
/// </summary>
internal sealed class PendingRemovals(IDynamicClient host, string federationNamespace, TimeProvider time, ILogger<PendingRemovals> logger)
{
    private static readonly WriteOptions Write = new() { FieldManager = FederationNames.FieldManager };
    private static readonly TimeSpan MaxLoadDelay = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Type, NamespacedName Target), ImmutableArray<PendingRemoval>> _removals = new();

    /// <summary>How many there are.</summary>
    public int Count => _removals.Values.Sum(static r => r.Length);

    /// <summary>Reads what was remembered before. Waits for as long as the host cannot be read.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.FromSeconds(1); ; delay = delay * 2 < MaxLoadDelay ? delay * 2 : MaxLoadDelay)
        {
            try
            {
                await ReadAllAsync(cancellationToken);
                return;
            }
            catch (StatusException e) when (e.IsNotFound)
            {
                RemovalLog.NotServed(logger);
                return;
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or IOException)
            {
                RemovalLog.NotLoaded(logger, delay, e.Message);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    /// <summary>The objects of a type that something is to be removed of.</summary>
    public IEnumerable<NamespacedName> TargetsOf(string type) => _removals.Keys.Where(k => k.Type == type).Select(static k => k.Target);

    /// <summary>What is to be removed of an object, in all clusters.</summary>
    public ImmutableArray<PendingRemoval> Of(string type, NamespacedName target) =>
        _removals.TryGetValue((type, target), out var found) ? found : [];

    /// <summary>What is to be removed of an object in a cluster, or null.</summary>
    public PendingRemoval? Find(string type, NamespacedName target, string cluster) =>
        Of(type, target).FirstOrDefault(r => r.Spec.ClusterName == cluster);

    /// <summary>Remembers a removal, on the host first. One for the same object and cluster takes the place of an earlier one.</summary>
    /// <exception cref="StatusException">The host refuses it.</exception>
    public async Task RememberAsync(string type, NamespacedName target, PendingRemovalSpec spec, CancellationToken cancellationToken)
    {
        var removal = new PendingRemoval
        {
            Metadata = new ObjectMeta { Name = NameOf(type, target, spec), Namespace = federationNamespace },
            Spec = spec with { TypeName = type, ObjectNamespace = target.IsClusterScoped ? null : target.Namespace, ObjectName = target.Name },
        };
        if (Find(type, target, spec.ClusterName) is { } earlier)
        {
            if (earlier.Metadata.Name == removal.Metadata.Name)
            {
                return;
            }

            await ForgetAsync(earlier, cancellationToken);
        }

        try
        {
            await host.CreateAsync(
                FederationResources.PendingRemovals, KubeObject.From(removal, FederationJsonContext.Default.PendingRemoval), Write, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // Made by a process that ended before it went on.
        }

        Add(removal);
        RemovalLog.Remembered(logger, type, target, spec.ClusterName);
    }

    /// <summary>Forgets a removal that is done, or that nobody wants any more.</summary>
    public async Task ForgetAsync(PendingRemoval removal, CancellationToken cancellationToken)
    {
        try
        {
            await host.DeleteAsync(
                FederationResources.PendingRemovals, new NamespacedName(federationNamespace, removal.Metadata.Name), null, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Gone already.
        }

        Remove(removal);
        RemovalLog.Forgotten(logger, removal.Spec.TypeName, TargetOf(removal), removal.Spec.ClusterName);
    }

    /// <summary>Whether a removal is still on the host: people delete it there if the member's object is to stay.</summary>
    public async Task<bool> IsStillWantedAsync(PendingRemoval removal, CancellationToken cancellationToken) => await host.FindAsync(
        FederationResources.PendingRemovals, new NamespacedName(federationNamespace, removal.Metadata.Name), null, cancellationToken) is not null;

    private void Remove(PendingRemoval removal)
    {
        var key = (removal.Spec.TypeName, TargetOf(removal));
        while (_removals.TryGetValue(key, out var present))
        {
            var rest = present.RemoveAll(r => r.Metadata.Name == removal.Metadata.Name);
            if (rest.Length == present.Length
                || (rest.IsEmpty ? _removals.TryRemove(new(key, present)) : _removals.TryUpdate(key, rest, present)))
            {
                return;
            }
        }
    }

    /// <summary>The member's object.</summary>
    public static NamespacedName TargetOf(PendingRemoval removal) => new(removal.Spec.ObjectNamespace ?? "", removal.Spec.ObjectName);

    /// <summary>Whether an object of a member is the one that a removal is about, and not one that was created anew.</summary>
    public static bool IsAbout(PendingRemoval removal, ObjectMeta found) => removal.Spec.ObjectUid is { Length: > 0 } uid
        ? found.Uid == uid
        : removal.Spec.Since is { } since && found.CreationTimestamp <= since;

    /// <summary>A name that says the same for the same removal, so that a removal that is remembered twice is one object.</summary>
    private static string NameOf(string type, NamespacedName target, PendingRemovalSpec spec)
    {
        var identity = string.Join('\n', spec.ClusterName, type, target.Namespace, target.Name, spec.ObjectUid);
        return "removal-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 12));
    }

    private void Add(PendingRemoval removal) => _removals.AddOrUpdate(
        (removal.Spec.TypeName, TargetOf(removal)),
        static (_, r) => [r],
        static (_, present, r) => [.. present.Where(p => p.Metadata.Name != r.Metadata.Name), r],
        removal);

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        _removals.Clear();
        await foreach (var item in host.ListAllAsync(FederationResources.PendingRemovals, federationNamespace, null, cancellationToken))
        {
            try
            {
                Add(item.Deserialize(FederationJsonContext.Default.PendingRemoval));
            }
            catch (KubeObjectFormatException e)
            {
                RemovalLog.Unreadable(logger, item.Key, e.Message);
            }
        }

        if (!_removals.IsEmpty)
        {
            RemovalLog.Loaded(logger, Count);
        }
    }
}

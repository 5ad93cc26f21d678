using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Versions;

/// <summary>
/// Remembers what every cluster was last given. Reads come from memory; writes go to the host in the background, several
/// changes of one object as one write. A record that is lost costs one apply that changes nothing.
/// </summary>
internal sealed class VersionStore(IDynamicClient host, TimeProvider time, ILogger<VersionStore> logger)
{
    private const int PageSize = 500;
    private static readonly TimeSpan MaxLoadDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<VersionKey, Entry> _entries = new();
    private Controller<VersionKey>? _writer;

    /// <summary>Reads what was recorded before, page by page.</summary>
    /// <param name="namespace">The only namespace to read, or null for all and the cluster-scoped ones.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task LoadAsync(string? @namespace, CancellationToken cancellationToken)
    {
        await LoadPatientlyAsync(FederationResources.PropagatedVersions, @namespace, cancellationToken);
        if (@namespace is null)
        {
            await LoadPatientlyAsync(FederationResources.ClusterPropagatedVersions, null, cancellationToken);
        }

        VersionLog.Loaded(logger, _entries.Count);
    }

    /// <summary>Writes changes to the host until cancelled; then, while it is still ours to write, what is left, within some seconds.</summary>
    public async Task RunAsync(ControllerOptions<VersionKey> options, Func<bool> mayWrite, CancellationToken cancellationToken)
    {
        var reconciler = new VersionWriter(this, host, logger);
        using var writer = new Controller<VersionKey>("propagated-versions", reconciler, logger, options);
        _writer = writer;
        foreach (var (key, entry) in _entries)
        {
            if (entry.IsDirty)
            {
                writer.Queue.Add(key);
            }
        }

        await writer.RunAsync(cancellationToken);
        if (mayWrite())
        {
            await FlushAsync(reconciler, options.MaxConcurrentReconciles, mayWrite);
        }
    }

    private async Task FlushAsync(VersionWriter reconciler, int concurrency, Func<bool> mayWrite)
    {
        using var deadline = new CancellationTokenSource(FlushTimeout, time);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = deadline.Token };
        try
        {
            await Parallel.ForEachAsync(_entries.Where(static e => e.Value.IsDirty).Select(static e => e.Key), parallel, async (key, token) =>
            {
                if (mayWrite())
                {
                    await reconciler.ReconcileAsync(key, token);
                }
            });
        }
        catch (Exception e) when (e is OperationCanceledException or StatusException or HttpRequestException or IOException)
        {
            VersionLog.NotFlushed(logger, e.Message);
        }
    }

    /// <summary>The versions of an object, or null when there are none of that very object.</summary>
    public RecordedVersions? Get(VersionKey key, string? ownerUid) =>
        _entries.TryGetValue(key, out var entry) && entry.Versions.Owner.Uid == ownerUid ? entry.Versions : null;

    /// <summary>Records versions, which must differ from those before.</summary>
    public void Record(VersionKey key, RecordedVersions versions)
    {
        _entries.AddOrUpdate(
            key,
            static (_, v) => new Entry(v, Stored: false, IsDirty: true),
            static (_, before, v) => new Entry(v, before.Stored && before.Versions.Owner.Uid == v.Owner.Uid, IsDirty: true),
            versions);
        _writer?.Queue.Add(key);
    }

    /// <summary>Forgets an object; its record on the host goes by garbage collection.</summary>
    public void Forget(VersionKey key) => _entries.TryRemove(key, out _);

    internal Entry? Peek(VersionKey key) => _entries.GetValueOrDefault(key);

    internal void MarkStored(VersionKey key, Entry written, bool stored)
    {
        // Something newer may have been recorded meanwhile: that stays dirty, but now knows that the object is there.
        if (!_entries.TryUpdate(key, written with { Stored = stored, IsDirty = !stored }, written)
            && _entries.TryGetValue(key, out var newer))
        {
            _entries.TryUpdate(key, newer with { Stored = stored }, newer);
        }
    }

    private async Task LoadPatientlyAsync(GroupVersionResource resource, string? @namespace, CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.FromSeconds(1); ; delay = delay * 2 < MaxLoadDelay ? delay * 2 : MaxLoadDelay)
        {
            try
            {
                await LoadAsync(resource, @namespace, cancellationToken);
                return;
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or IOException)
            {
                VersionLog.NotLoaded(logger, resource.GroupResource, delay, e.Message);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    private async Task LoadAsync(GroupVersionResource resource, string? @namespace, CancellationToken cancellationToken)
    {
        var options = new ListOptions { Limit = PageSize };
        await foreach (var item in host.ListAllAsync(resource, @namespace, options, cancellationToken))
        {
            if (item.Metadata.OwnerReferences is [var owner, ..] && TryRead(item) is { } status)
            {
                _entries[new VersionKey(item.Key)] = new Entry(new RecordedVersions(owner, status), Stored: true, IsDirty: false);
            }
        }
    }

    private PropagatedVersionStatus? TryRead(KubeObject item)
    {
        try
        {
            return item.Deserialize(FederationJsonContext.Default.PropagatedVersion).Status;
        }
        catch (KubeObjectFormatException e)
        {
            VersionLog.Unreadable(logger, item.Key, e.Message);
            return null;
        }
    }

    /// <param name="Versions">What is recorded.</param>
    /// <param name="Stored">Whether the host holds an object of this key and owner.</param>
    /// <param name="IsDirty">Whether the host does not yet hold these versions.</param>
    internal sealed record Entry(RecordedVersions Versions, bool Stored, bool IsDirty);
}

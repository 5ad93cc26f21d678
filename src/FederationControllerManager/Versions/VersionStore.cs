using System.Collections.Concurrent;
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
internal sealed class VersionStore(IDynamicClient host, ILogger<VersionStore> logger)
{
    private const int PageSize = 500;

    private readonly ConcurrentDictionary<VersionKey, Entry> _entries = new();
    private Controller<VersionKey>? _writer;

    /// <summary>Reads what was recorded before, page by page.</summary>
    /// <param name="namespace">The only namespace to read, or null for all and the cluster-scoped ones.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task LoadAsync(string? @namespace, CancellationToken cancellationToken)
    {
        await LoadAsync(FederationResources.PropagatedVersions, @namespace, cancellationToken);
        if (@namespace is null)
        {
            await LoadAsync(FederationResources.ClusterPropagatedVersions, null, cancellationToken);
        }

        VersionLog.Loaded(logger, _entries.Count);
    }

    /// <summary>Writes changes to the host until cancelled.</summary>
    public async Task RunAsync(ControllerOptions<VersionKey> options, CancellationToken cancellationToken)
    {
        using var writer = new Controller<VersionKey>("propagated-versions", new VersionWriter(this, host, logger), logger, options);
        _writer = writer;
        foreach (var (key, entry) in _entries)
        {
            if (entry.IsDirty)
            {
                writer.Queue.Add(key);
            }
        }

        await writer.RunAsync(cancellationToken);
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

using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>
/// A lease lock in a <c>coordination.k8s.io/v1</c> Lease. Needs the verbs get, create and patch on it. Labels, annotations and fields of
/// the Lease that are not the election's stay as they are.
/// </summary>
public sealed class LeaseLock : ILeaseLock
{
    private static readonly GroupVersionResource Leases = new("coordination.k8s.io", "v1", "leases");

    private readonly IDynamicClient _client;
    private readonly NamespacedName _name;

    /// <summary>A lock in the Lease of this namespace and name, which the first candidate creates.</summary>
    public LeaseLock(IDynamicClient client, NamespacedName name)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _name = name;
    }

    /// <inheritdoc/>
    public string Name => _name.ToString();

    /// <inheritdoc/>
    public async Task<LeaseSnapshot?> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Snapshot(await _client.GetAsync(Leases, _name, cancellationToken: cancellationToken));
        }
        catch (StatusException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<LeaseSnapshot?> TryCreateAsync(LeaseRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var lease = new LeaseDocument
        {
            ApiVersion = Leases.GroupVersion.ToString(),
            Kind = "Lease",
            Metadata = new LeaseMetadata { Namespace = _name.Namespace, Name = _name.Name },
            Spec = LeaseSpec.Of(record),
        };
        try
        {
            return Snapshot(await _client.CreateAsync(Leases, KubeObject.From(lease, LeaseJsonContext.Default.LeaseDocument), cancellationToken: cancellationToken));
        }
        catch (StatusException error) when (error.IsAlreadyExists)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<LeaseSnapshot?> TryUpdateAsync(LeaseRecord record, string version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var change = new LeaseDocument { Metadata = new LeaseMetadata { ResourceVersion = version }, Spec = LeaseSpec.Of(record) };
        var patch = new Patch(PatchType.Merge, JsonSerializer.SerializeToUtf8Bytes(change, LeaseJsonContext.Default.LeaseDocument));
        try
        {
            return Snapshot(await _client.PatchAsync(Leases, _name, patch, cancellationToken: cancellationToken));
        }
        catch (StatusException error) when (error.IsConflict || error.IsNotFound)
        {
            return null;
        }
    }

    private static LeaseSnapshot Snapshot(KubeObject lease)
    {
        var spec = lease.Deserialize(LeaseJsonContext.Default.LeaseDocument).Spec ?? new LeaseSpec();
        return new LeaseSnapshot(spec.ToRecord(), lease.Metadata.ResourceVersion ?? "");
    }
}

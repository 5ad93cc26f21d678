using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>
/// An object with the parts of its spec and status that the controllers read. Here and in what it holds a getter gives the default of an absent
/// member: generated readers set every member that can only be initialized, to null where there is nothing.
/// </summary>
internal sealed record Typed<TSpec, TStatus>
    where TSpec : new()
    where TStatus : new()
{
    private static readonly TSpec NoSpec = new();
    private static readonly TStatus NoStatus = new();

    public TSpec Spec { get => field ?? NoSpec; init; }

    public TStatus Status { get => field ?? NoStatus; init; }

    /// <summary>The object as it was read; set by <see cref="KubeReader"/>.</summary>
    [JsonIgnore]
    public KubeObject Object { get; init; } = null!;

    [JsonIgnore]
    public ObjectMeta Metadata => Object.Metadata;

    [JsonIgnore]
    public string Name => Object.Metadata.Name;

    [JsonIgnore]
    public string Namespace => Object.Metadata.Namespace;
}

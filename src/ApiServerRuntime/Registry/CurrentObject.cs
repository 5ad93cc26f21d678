using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>The object that a change is based on.</summary>
internal sealed class CurrentObject(KubeObject stored, long revision, bool fromCache, VersionRuntime version)
{
    private JsonObject? _tree;

    /// <summary>In the storage version.</summary>
    public KubeObject Stored { get; } = stored;

    /// <summary>In the version of the request.</summary>
    public KubeObject Object { get; } = version.FromStorage(stored);

    public long Revision { get; } = revision;

    /// <summary>Whether the storage may have a newer one.</summary>
    public bool FromCache { get; } = fromCache;

    public string ResourceVersion => Revision.ToString(CultureInfo.InvariantCulture);

    public ObjectMeta Metadata => Object.Metadata;

    /// <summary>The tree in the version of the request, shared by all who look: not to be changed.</summary>
    public JsonObject Tree => _tree ??= Object.ToNode();
}

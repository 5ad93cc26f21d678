using System.Collections.Frozen;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>What an informer watches and keeps.</summary>
public sealed record InformerOptions
{
    /// <summary>The namespace to watch, or null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Label selector in its text form, or null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector in its text form, or null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Whether whole objects or only their metadata are fetched and kept.</summary>
    public Representation Representation { get; init; }

    /// <summary>Changes an object before it is kept, to drop what nobody needs; must keep apiVersion, kind and metadata's identity.</summary>
    public Func<KubeObject, KubeObject>? Transform { get; init; }

    /// <summary>Named index functions: the values under which an object is filed.</summary>
    public IReadOnlyDictionary<string, Func<KubeObject, IEnumerable<string>>> Indexes { get; init; } =
        FrozenDictionary<string, Func<KubeObject, IEnumerable<string>>>.Empty;

    /// <summary>Objects a page of the first list. Default 500.</summary>
    public int PageSize { get; init; } = 500;
}

using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>Takes what a reflector reads; called by one reflector, never concurrently.</summary>
internal interface IReflectorSink
{
    /// <summary>The version up to which everything is in the store; empty before the first list.</summary>
    string LastResourceVersion { get; }

    /// <summary>Whether the store holds this very object, at this version.</summary>
    bool Knows(KubeObject value);

    /// <summary>Puts a full list in the place of everything.</summary>
    Task ReplaceAsync(IReadOnlyList<KubeObject> items, string version, CancellationToken cancellationToken);

    /// <summary>Applies one event; a bookmark moves the version only.</summary>
    ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken);
}

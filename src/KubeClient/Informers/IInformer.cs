using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// Keeps a local copy of a resource's objects: one list and one watch however many handlers. Survives every failure of
/// the server: resumes from the last version, lists anew after 410, backs off with jitter.
/// </summary>
public interface IInformer
{
    /// <summary>What is watched.</summary>
    GroupVersionResource Resource { get; }

    /// <summary>The local copy.</summary>
    IResourceStore Store { get; }

    /// <summary>Whether the first list is in the store and every handler registered by then has seen it.</summary>
    bool HasSynced { get; }

    /// <summary>The version up to which every event is in the store; empty before the first list. Bookmarks move it too.</summary>
    string LastResourceVersion { get; }

    /// <summary>The last failure of list or watch since they last worked, or null while all is well.</summary>
    Exception? LastError { get; }

    /// <summary>Adds a handler; one that comes late gets an add for everything in the store first. Disposing the result removes it.</summary>
    IDisposable AddHandler(IInformerHandler handler);

    /// <summary>Completes when <see cref="HasSynced"/> is true.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs until cancelled. May be called once.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}

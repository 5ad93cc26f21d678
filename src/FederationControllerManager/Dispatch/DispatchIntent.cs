using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>One thing to do to one object of one member. A later intent for the same key takes the place of one not yet begun.</summary>
internal sealed record DispatchIntent
{
    private volatile bool _isAbandoned;
    private int _putBacks;

    /// <summary>The object.</summary>
    public required DispatchKey Key { get; init; }

    /// <summary>The resource to write; its version may differ from the type config's where an override says so.</summary>
    public required GroupVersionResource Resource { get; init; }

    /// <summary>What to do.</summary>
    public required DispatchAction Action { get; init; }

    /// <summary>The configuration to apply or the object to create, as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The hash of <see cref="Body"/>.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>Whether the object was seen in the member, so that an apply is an update.</summary>
    public bool Exists { get; init; }

    /// <summary>The UID of the object as it was seen; empty where there was none.</summary>
    public string TargetUid { get; init; } = "";

    /// <summary>The resourceVersion of the object as it was seen; empty where there was none.</summary>
    public string TargetVersion { get; init; } = "";

    /// <summary>The replica count to set once, under a field manager of its own, after the object was made; null for none.</summary>
    public long? InitialReplicas { get; init; }

    /// <summary>Whether <c>spec.replicas</c> belongs to the member: an earlier apply of ours may still own it.</summary>
    public bool RetainsReplicas { get; init; }

    /// <summary>
    /// Whether fields that a create of ours left under an Update entry must become those of our applies first: nobody knows whether that
    /// was done.
    /// </summary>
    public bool TakesOwnership { get; init; }

    /// <summary>Whether it may wait for changes of what is there already.</summary>
    public bool IsBulk { get; init; }

    /// <summary>Where the answer is noted before the sink hears of it.</summary>
    public required MemberObjectCache Cache { get; init; }

    /// <summary>When the request was begun (a timestamp), or 0 while it waits for its turn. Set once, by the dispatcher.</summary>
    public long BegunAt { get; private set; }

    /// <summary>How to delete; carries the UID as its precondition.</summary>
    public DeleteOptions? DeleteOptions { get; init; }

    /// <summary>Who hears of the outcome.</summary>
    public required IDispatchSink Sink { get; init; }

    /// <summary>Whether nobody wants it to be sent once more.</summary>
    public bool IsAbandoned => _isAbandoned;

    /// <summary>Notes that the request is begun.</summary>
    public void Begin(long timestamp) => BegunAt = timestamp;

    /// <summary>Notes that the request waits for its turn once more; false when it has done so too often.</summary>
    public bool TryPutBack(int limit)
    {
        if (_putBacks >= limit)
        {
            return false;
        }

        _putBacks++;
        BegunAt = 0;
        return true;
    }

    /// <summary>Notes that nobody wants it to be sent once more.</summary>
    public void Abandon() => _isAbandoned = true;
}

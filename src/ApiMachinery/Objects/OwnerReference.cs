namespace KubeFed.ApiMachinery.Objects;

/// <summary>One owner of an object: the garbage collector deletes the object when all its owners are gone.</summary>
public sealed record OwnerReference
{
    /// <summary>The owner's API version.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The owner's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The owner's name, in the same namespace or cluster-scoped.</summary>
    public required string Name { get; init; }

    /// <summary>The owner's UID: owners are matched by it alone.</summary>
    public required string Uid { get; init; }

    /// <summary>Whether this owner manages the object; true for one owner at most.</summary>
    public bool? Controller { get; init; }

    /// <summary>Whether a foreground deletion of the owner waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}

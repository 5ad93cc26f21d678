namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>All objects of a type at one revision. Immutable; cheap to keep.</summary>
public abstract class ResourceSnapshot
{
    /// <summary>The revision.</summary>
    public abstract long Revision { get; }

    /// <summary>How many objects there are.</summary>
    public abstract int Count { get; }

    /// <summary>The object of a storage key, or null.</summary>
    public abstract CachedObject? Find(string key);

    /// <summary>The objects whose key begins with a prefix and is not before <paramref name="startKey"/>, in key order.</summary>
    public abstract IEnumerable<CachedObject> Range(string prefix, string? startKey = null);

    /// <summary>How many objects <see cref="Range"/> gives, without walking them all where that can be had.</summary>
    public virtual int CountRange(string prefix, string? startKey = null) => Range(prefix, startKey).Count();
}

namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>A node of an <see cref="ObjectTree"/>. Never changed once made.</summary>
internal abstract class TreeNode(int count)
{
    /// <summary>How many objects are below.</summary>
    public int Count { get; } = count;

    /// <summary>How many entries the node itself has.</summary>
    public abstract int Width { get; }

    /// <summary>Whether so few entries are left that the node should join a neighbour.</summary>
    public abstract bool IsSparse { get; }

    /// <summary>The node with an object added or replaced; in two halves when it became too wide.</summary>
    public abstract TreeSplit Set(CachedObject value);

    /// <summary>The node without a key; itself when the key is not there.</summary>
    public abstract TreeNode Remove(string key);

    /// <summary>This node and the next one of the same height as one, or null when it would be too wide.</summary>
    /// <param name="next">The neighbour.</param>
    /// <param name="separator">What parts the two.</param>
    public abstract TreeNode? Join(TreeNode next, string separator);
}

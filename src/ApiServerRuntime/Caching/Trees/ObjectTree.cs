namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>
/// Objects sorted bytewise by key: an immutable counted B+ tree. A change copies the nodes on one path and shares the rest, so that every
/// earlier tree stays as it was and costs about 1.2 KB for each change that followed it.
/// </summary>
internal sealed class ObjectTree
{
    private readonly TreeNode _root;

    private ObjectTree(TreeNode root) => _root = root;

    /// <summary>No objects.</summary>
    public static ObjectTree Empty { get; } = new(TreeLeaf.Empty);

    /// <summary>How many objects there are.</summary>
    public int Count => _root.Count;

    /// <summary>Makes a tree of objects that are sorted by key, without duplicates.</summary>
    public static ObjectTree FromSorted(IReadOnlyList<CachedObject> objects) => objects.Count == 0 ? Empty : new(TreeBuilder.Build(objects));

    /// <summary>The object of a key, or null.</summary>
    public CachedObject? Find(string key)
    {
        var node = _root;
        while (node is TreeBranch branch)
        {
            node = branch.Children[branch.ChildOf(key)];
        }

        return ((TreeLeaf)node).Find(key);
    }

    /// <summary>The tree with an object added or replaced.</summary>
    public ObjectTree Set(CachedObject value)
    {
        var (left, right, separator) = _root.Set(value);
        return new(right is null ? left : new TreeBranch([left, right], [string.Empty, separator!]));
    }

    /// <summary>The tree without a key; itself when the key is not there.</summary>
    public ObjectTree Remove(string key)
    {
        var root = _root.Remove(key);
        if (ReferenceEquals(root, _root))
        {
            return this;
        }

        while (root is TreeBranch { Children.Length: 1 } branch)
        {
            root = branch.Children[0];
        }

        return root.Count == 0 ? Empty : new(root);
    }

    /// <summary>The objects whose key is not before <paramref name="from"/> and before <paramref name="before"/> (null: to the end), in order.</summary>
    public IEnumerable<CachedObject> Range(string from, string? before)
    {
        var cursor = new TreeCursor(_root, from);
        var at = cursor.Start;
        while (cursor.Leaf is { } leaf)
        {
            var items = leaf.Items;
            var end = before is null || items.Length == 0 || string.CompareOrdinal(items[^1].Key, before) < 0
                ? items.Length
                : leaf.LowerBound(before);
            for (; at < end; at++)
            {
                yield return items[at];
            }

            if (end < items.Length)
            {
                yield break;
            }

            cursor.MoveNext();
            at = 0;
        }
    }

    /// <summary>How many objects <see cref="Range"/> gives, in logarithmic time.</summary>
    public int CountRange(string from, string? before) => Math.Max(0, (before is null ? Count : Rank(before)) - Rank(from));

    private int Rank(string key)
    {
        var rank = 0;
        var node = _root;
        while (node is TreeBranch branch)
        {
            var index = branch.ChildOf(key);
            for (var i = 0; i < index; i++)
            {
                rank += branch.Children[i].Count;
            }

            node = branch.Children[index];
        }

        return rank + ((TreeLeaf)node).LowerBound(key);
    }
}

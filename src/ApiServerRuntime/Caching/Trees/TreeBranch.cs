namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>
/// Nodes of one height, in key order. <see cref="Separators"/> has one entry for each child: no key of a child is before its separator, and
/// all keys of the child before it are. The first is never looked at.
/// </summary>
internal sealed class TreeBranch(TreeNode[] children, string[] separators) : TreeNode(CountOf(children))
{
    public const int MaxWidth = 16;

    public TreeNode[] Children { get; } = children;

    public string[] Separators { get; } = separators;

    public override int Width => Children.Length;

    public override bool IsSparse => Children.Length < MaxWidth / 4;

    public int ChildOf(string key)
    {
        int low = 1, high = Children.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(Separators[middle], key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    public override TreeSplit Set(CachedObject value)
    {
        var at = ChildOf(value.Key);
        var (left, right, separator) = Children[at].Set(value);
        if (right is null)
        {
            return new(new TreeBranch(With(at, left), Separators));
        }

        TreeNode[] nodes = [.. Children.AsSpan(0, at), left, right, .. Children.AsSpan(at + 1)];
        string[] between = [.. Separators.AsSpan(0, at + 1), separator!, .. Separators.AsSpan(at + 1)];
        if (nodes.Length <= MaxWidth)
        {
            return new(new TreeBranch(nodes, between));
        }

        var half = nodes.Length / 2;
        return new(
            new TreeBranch(nodes[..half], between[..half]),
            new TreeBranch(nodes[half..], between[half..]),
            between[half]);
    }

    public override TreeNode Remove(string key)
    {
        var at = ChildOf(key);
        var child = Children[at].Remove(key);
        if (ReferenceEquals(child, Children[at]))
        {
            return this;
        }

        if (child.Count == 0)
        {
            return Without(at);
        }

        return child.IsSparse ? Mended(at, child) : new TreeBranch(With(at, child), Separators);
    }

    public override TreeNode? Join(TreeNode next, string separator)
    {
        var other = (TreeBranch)next;
        return Width + other.Width <= MaxWidth
            ? new TreeBranch([.. Children, .. other.Children], [.. Separators, separator, .. other.Separators.AsSpan(1)])
            : null;
    }

    private TreeBranch Mended(int at, TreeNode child)
    {
        if (at > 0 && Children[at - 1].Join(child, Separators[at]) is { } withLeft)
        {
            return Merged(at - 1, withLeft);
        }

        if (at + 1 < Children.Length && child.Join(Children[at + 1], Separators[at + 1]) is { } withRight)
        {
            return Merged(at, withRight);
        }

        return new(With(at, child), Separators);
    }

    private TreeBranch Merged(int at, TreeNode node) => new(
        [.. Children.AsSpan(0, at), node, .. Children.AsSpan(at + 2)],
        [.. Separators.AsSpan(0, at + 1), .. Separators.AsSpan(at + 2)]);

    private TreeNode Without(int at) => Children.Length == 1
        ? TreeLeaf.Empty
        : new TreeBranch(
            [.. Children.AsSpan(0, at), .. Children.AsSpan(at + 1)],
            [.. Separators.AsSpan(0, at), .. Separators.AsSpan(at + 1)]);

    private TreeNode[] With(int at, TreeNode child)
    {
        var copy = (TreeNode[])Children.Clone();
        copy[at] = child;
        return copy;
    }

    private static int CountOf(TreeNode[] children)
    {
        var count = 0;
        foreach (var child in children)
        {
            count += child.Count;
        }

        return count;
    }
}
